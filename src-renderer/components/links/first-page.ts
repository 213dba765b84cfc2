/** Which link of what is being written may be described: the first web page over https. */
import { findLinks } from '../message/links.ts'

/** In its normal form. */
export function firstPage(text: string): string | undefined {
  if (!/https:/i.test(text)) return undefined
  const link = findLinks(text).find((part) => part.kind === 'link' && part.href.startsWith('https:'))
  return link?.kind === 'link' ? link.href : undefined
}
