/** XEP-0334: Message Processing Hints, version 1.0.0. https://xmpp.org/extensions/xep-0334.html */
import { attribute } from './stanza.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:hints'

const HINTS = ['no-permanent-store', 'no-store', 'no-copy', 'store'] as const
/** 'no-copy' may go with messages to full JIDs alone (§4.3). */
export type Hint = (typeof HINTS)[number]

/** What the sender would like to happen to it; undefined when it has no wish. Those of an error are its cause's (§5). */
export function parseHints(message: Element): readonly Hint[] | undefined {
  if (attribute(message, 'type') === 'error') return undefined
  const hints = HINTS.filter((hint) => message.getChild(hint, NS) !== undefined)
  return hints.length === 0 ? undefined : hints
}

export function buildHint(hint: Hint): Element {
  return xml(hint, { xmlns: NS })
}
