/** What message, presence and iq share (RFC 6120 §8): addresses, attributes, children of the stanza's own namespace. */
import { parseJid, type BareJid, type Jid } from '../model/jid.ts'
import { rejected, type Rejected } from './rejected.ts'
import type { Element } from './xml.ts'

export const NS_CLIENT = 'jabber:client'

/** An `id` longer than this is treated as absent: it would only fill the database. */
const MAX_ID_LENGTH = 1024

export interface Addresses {
  /** An absent `from` is our own account's (RFC 6120 §8.1.2.1). */
  readonly from: Jid
  readonly to?: Jid
  readonly id?: string
}

/** Whether it is this stanza: by its name, in the stream's namespace or in none (an element not yet on a stream). */
export function isStanza(element: Element, name: 'message' | 'presence' | 'iq'): boolean {
  return element.getName() === name && [undefined, NS_CLIENT].includes(element.getNS())
}

/** Reads `from`, `to` and `id`; rejected when an address is not one. */
export function parseAddresses(element: Element, ownBareJid: BareJid): Addresses | Rejected {
  const fromText = attribute(element, 'from')
  const toText = attribute(element, 'to')
  const from = fromText === undefined ? ownBareJid : parseJid(fromText)
  const to = toText === undefined ? undefined : parseJid(toText)
  if (from === undefined) return rejected('malformed from')
  if (toText !== undefined && to === undefined) return rejected('malformed to')
  return { from, ...present('to', to), ...present('id', idOf(element)) }
}

/** The `id` attribute; undefined when it is absent, empty or absurdly long. */
export function idOf(element: Element): string | undefined {
  const id = attribute(element, 'id')
  return id === undefined || id === '' || id.length > MAX_ID_LENGTH ? undefined : id
}

/** An attribute's own text: never a name inherited from Object. */
export function attribute(element: Element, name: string): string | undefined {
  const value: unknown = Object.hasOwn(element.attrs, name) ? element.attrs[name] : undefined
  return typeof value === 'string' ? value : undefined
}

/** Direct children in the stanza's own namespace: `<body xmlns='other'/>` is not a body. */
export function ownChildren(element: Element, name: string): readonly Element[] {
  const namespace = element.getNS()
  return element.getChildren(name).filter((child) => child.getNS() === namespace)
}

/**
 * Text of a child that may be there once a language (RFC 6120 §8.1.5): the one without `xml:lang`, else the first.
 * Undefined when there is none.
 */
export function ownChildText(element: Element, name: string, maxLength: number): string | undefined {
  const children = ownChildren(element, name)
  const child = children.find((each) => attribute(each, 'xml:lang') === undefined) ?? children[0]
  return child === undefined ? undefined : clip(child.getText(), maxLength)
}

/** At most `maxLength` UTF-16 units, never half a character. */
export function clip(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  const last = text.charCodeAt(maxLength - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? maxLength - 1 : maxLength)
}

/** `{ [key]: value }`, or nothing where the value is undefined: keys that are absent stay absent. */
export function present<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V }
}
