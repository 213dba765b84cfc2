/** XEP-0421: Occupant identifiers for semi-anonymous MUCs, version 1.0.1. https://xmpp.org/extensions/xep-0421.html */
import { attribute } from './stanza.ts'
import type { Element } from './xml.ts'

/** Announced by rooms, not by clients. */
export const NS = 'urn:xmpp:occupant-id:0'

const MAX_LENGTH = 128

/**
 * Who somebody is in this room, whatever the nick. MUST be ignored where the room does not announce the namespace (§4): an
 * occupant can then write any; that is the caller's question. Undefined where there are two, or it is over 128 characters.
 */
export function parseOccupantId(stanza: Element): string | undefined {
  const [element, ...more] = stanza.getChildren('occupant-id', NS)
  const id = element === undefined ? undefined : attribute(element, 'id')
  const isSane = id !== undefined && id !== '' && [...id].length <= MAX_LENGTH
  return isSane && more.length === 0 ? id : undefined
}
