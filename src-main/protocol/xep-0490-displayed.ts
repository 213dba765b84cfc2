/** XEP-0490: Message Displayed Synchronization, version 1.0.1. https://xmpp.org/extensions/xep-0490.html */
import { parseBareJid, parseJid, type BareJid } from '../model/jid.ts'
import type { Iq } from './iq.ts'
import { attribute, idOf } from './stanza.ts'
import { fetchItems, type PubsubItem } from './xep-0060-pubsub.ts'
import { notify } from './xep-0163-pep.ts'
import { publishPrivate } from './xep-0223-private-data.ts'
import { NS as NS_SID } from './xep-0359-stanza-ids.ts'
import { xml } from './xml.ts'

/** The node too. */
export const NS = 'urn:xmpp:mds:displayed:0'
export const features = [notify(NS)]

/** All messages up to this one were displayed. */
export interface Displayed {
  readonly chat: BareJid
  /** XEP-0359. */
  readonly stanzaId: string
  /** Who gave that id: our own archive, or, of a room, the room (§3.1). */
  readonly by: BareJid
}

/**
 * Reads an item of the node. Undefined: nonsense, a chat of another kind, or an id of any other archive than our own and
 * the chat's, which it has where it is a room.
 */
export function parseDisplayed({ id, payload }: PubsubItem, ownBareJid: BareJid): Displayed | undefined {
  const chat = parseBareJid(id)
  const ids = payload?.is('displayed', NS) === true ? payload.getChildren('stanza-id', NS_SID) : []
  const [element] = ids
  const stanzaId = element && idOf(element)
  if (chat === undefined || element === undefined || stanzaId === undefined || ids.length > 1)
    return undefined
  const given = parseJid(attribute(element, 'by') ?? '')
  const by = [ownBareJid, chat].find((archive) => archive === given)
  return by === undefined ? undefined : { chat, stanzaId, by }
}

/** What our devices have displayed so far, of all chats (§4.4). Rejects as Iq.request does. */
export async function fetchDisplayed(iq: Iq, ownBareJid: BareJid): Promise<readonly Displayed[]> {
  const items = await fetchItems(iq, { node: NS })
  return items.flatMap((item) => parseDisplayed(item, ownBareJid) ?? [])
}

/** Tells our own devices, and nobody else (§4.2, §8). Rejects as Iq.request does. */
export async function publishDisplayed(
  iq: Iq,
  { chat, stanzaId }: Omit<Displayed, 'by'>,
  by: BareJid,
): Promise<void> {
  const id = xml('stanza-id', { xmlns: NS_SID, by, id: stanzaId })
  await publishPrivate(iq, NS, { id: chat, payload: xml('displayed', { xmlns: NS }, id) })
}
