/**
 * Makes a stanza safe to write: characters that XML 1.0 forbids (§2.2) and lone surrogates become U+FFFD. One such
 * character would break the stream, and stream management would send it again after each resumption.
 */
import { xml, type Element } from '../xml.ts'

// eslint's no-control-regex is about accidents; these are meant.
const FORBIDDEN = new RegExp('[^\\t\\n\\r\\u{20}-\\u{D7FF}\\u{E000}-\\u{FFFD}\\u{10000}-\\u{10FFFF}]', 'gu')

export function cleanText(text: string): string {
  return text.replace(FORBIDDEN, '\uFFFD')
}

/** A copy, cleaned in every text and attribute; the original is not touched. */
export function cleanElement(element: Element): Element {
  const attributes = Object.entries(element.attrs as Record<string, unknown>).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, cleanText(String(value))] as const],
  )
  const copy = xml(element.name, Object.fromEntries(attributes))
  for (const child of element.children) {
    if (typeof child === 'object') copy.append(cleanElement(child))
    else copy.append(cleanText(String(child)))
  }
  return copy
}
