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
  const copy = xml(element.name)
  for (const [name, value] of Object.entries(element.attrs)) {
    if (value !== undefined && value !== null) copy.attrs[name] = cleanText(String(value))
  }
  for (const child of element.children) {
    copy.append(typeof child === 'object' ? cleanElement(child) : cleanText(child))
  }
  return copy
}
