/** XEP-0172: User Nickname, version 1.1. https://xmpp.org/extensions/xep-0172.html */
import type { Iq } from './iq.ts'
import { clip } from './stanza.ts'
import { fetchItems, type NodeConfig, type PubsubItem } from './xep-0060-pubsub.ts'
import { notify, publishPersonal } from './xep-0163-pep.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'http://jabber.org/protocol/nick'
export const features = [notify(NS)]

const MAX_LENGTH = 256

/** The name that the sender gives itself, unchanged but clipped: anyone may call themselves anything. */
export function parseNick(stanza: Element): string | undefined {
  const nick = clip(stanza.getChildText('nick', NS) ?? '', MAX_LENGTH)
  return nick === '' ? undefined : nick
}

/** What somebody has published (§4.3), clipped; empty: nothing any more. Undefined where the item is no nickname. */
export function parseNickItem({ payload }: PubsubItem): string | undefined {
  return payload?.is('nick', NS) ? clip(payload.getText(), MAX_LENGTH) : undefined
}

/** For subscription requests and first messages; never in presence broadcasts (§4.1). */
export function buildNick(nick: string): Element {
  return xml('nick', { xmlns: NS }, nick)
}

/** What our own account has published (§4.3); undefined: nothing. Rejects as Iq.request does. */
export async function fetchNick(iq: Iq): Promise<string | undefined> {
  const item = (await fetchItems(iq, { node: NS }, 1)).at(-1)
  return item && parseNickItem(item)
}

/** Tells contacts what we call ourselves (§4.3); empty: nothing any more. Rejects as Iq.request does. */
export async function publishNick(iq: Iq, nick: string, config: NodeConfig): Promise<void> {
  await publishPersonal(iq, NS, { id: 'current', payload: buildNick(nick) }, config)
}
