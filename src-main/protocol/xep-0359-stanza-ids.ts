/** XEP-0359: Unique and Stable Stanza IDs, version 0.7.0. https://xmpp.org/extensions/xep-0359.html */
import { parseJid, type Jid } from '../model/jid.ts'
import { attribute, idOf } from './stanza.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:sid:0'
const MAX_STANZA_IDS = 16

export interface StanzaId {
  readonly id: string
  /** Who gave the id, by its own word. */
  readonly by: Jid
}

/** The sender's own id. Spoofable (§6): good for recognising what we sent, never to point at another's message. */
export function parseOriginId(message: Element): string | undefined {
  const element = message.getChild('origin-id', NS)
  return element === undefined ? undefined : idOf(element)
}

/** Every `<stanza-id/>` that has both attributes; undefined when there is none. See trustedStanzaId. */
export function parseStanzaIds(message: Element): readonly StanzaId[] | undefined {
  const ids = message.getChildren('stanza-id', NS).slice(0, MAX_STANZA_IDS).flatMap(parseStanzaId)
  return ids.length === 0 ? undefined : ids
}

function parseStanzaId(element: Element): StanzaId[] {
  const id = idOf(element)
  const by = parseJid(attribute(element, 'by') ?? '')
  return id === undefined || by === undefined ? [] : [{ id, by }]
}

/**
 * The id that this archive gave (§5: own bare JID, or the room). Undefined when it gave none, or when there are two of
 * its name, of which one must be forged (§5: at most one). Whether the archive strips forged ids, that is, announces
 * this namespace, is the caller's question (§6).
 */
export function trustedStanzaId(
  message: { readonly stanzaIds?: readonly StanzaId[] },
  by: Jid,
): string | undefined {
  const ids = (message.stanzaIds ?? []).filter((stanzaId) => stanzaId.by === by)
  return ids.length === 1 ? ids[0]?.id : undefined
}

export function buildOriginId(id: string): Element {
  return xml('origin-id', { xmlns: NS, id })
}
