/** Stanzas for tests, written as XML and read as from the wire: by the program's own parser, inside a stream. */
import { StrictParser } from '../../src-main/protocol/transport/strict-parser.ts'
import type { Element } from '../../src-main/protocol/xml.ts'

const STREAM = `<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>`

/** Exactly one top-level element; throws on anything else, since then the test itself is wrong. */
export function parseStanza(text: string): Element {
  const elements: Element[] = []
  const violations: string[] = []
  const parser = new StrictParser()
  parser.on('element', (element) => elements.push(element))
  parser.on('violation', ({ reason }) => violations.push(reason))
  parser.write(STREAM)
  parser.write(text)
  const [element] = elements
  if (element !== undefined && elements.length === 1 && violations.length === 0) return element
  throw new Error(`not one stanza: ${violations.join(', ')} ${text.slice(0, 500)}`)
}

/** ``xml`<message from='${jid}'/>` ``: values are escaped, so they are text or attribute values, never markup. */
export function xml(parts: TemplateStringsArray, ...values: readonly (string | number)[]): Element {
  return parseStanza(String.raw({ raw: parts }, ...values.map((value) => escape(String(value)))))
}

/** White space too: in an attribute XML makes spaces of it (§3.3.3). */
export function escape(text: string): string {
  return text.replace(/[&<>"'\t\r\n]/g, (char) => `&#${char.charCodeAt(0)};`)
}
