/** Dates of certificates, which Node gives as text ("Nov 21 04:00:00 2026 GMT"). */
import type { Locale } from '../../../src-main/text/text.ts'

/** In the user's language; as it came when it is no date. */
export function certificateDate(text: string, locale: Locale): string {
  const date = new Date(text)
  if (Number.isNaN(date.getTime())) return text
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { dateStyle: 'long' }).format(date)
}
