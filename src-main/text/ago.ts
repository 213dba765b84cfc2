/** Spans and other people's clocks in words. */
import type { Locale } from './text.ts'

const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const satisfies readonly (readonly [Intl.RelativeTimeFormatUnit, number])[]

const formats = new Map<Locale, Intl.RelativeTimeFormat>()

/** `5 minutes ago`, `yesterday`: one unit, rounded down. Below a minute it says a minute. */
export function agoText(seconds: number, locale: Locale): string {
  let format = formats.get(locale)
  if (format === undefined) {
    format = new Intl.RelativeTimeFormat(locale === 'en' ? 'en-GB' : locale, { numeric: 'auto' })
    formats.set(locale, format)
  }
  const [unit, length] = UNITS.find(([, span]) => seconds >= span) ?? ['minute', 60]
  return format.format(-Math.max(1, Math.floor(seconds / length)), unit)
}

/** `14:05`: what a clock `offsetMinutes` east of UTC shows at `at`, epoch milliseconds. Empty beyond what Date can hold. */
export function clockAt(at: number, offsetMinutes: number): string {
  const date = new Date(at + offsetMinutes * 60_000)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(-13, -8)
}

/** `UTC`, `UTC+2`, `UTC−3:30`. */
export function offsetText(minutes: number): string {
  if (minutes === 0) return 'UTC'
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  const part = rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${part}`
}
