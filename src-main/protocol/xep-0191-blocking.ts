/** XEP-0191: Blocking Command, version 1.3. https://xmpp.org/extensions/xep-0191.html */
import { bareOf, domainOf, parseJid, type BareJid, type Jid } from '../model/jid.ts'
import type { Iq } from './iq.ts'
import { rejected, type Rejected } from './rejected.ts'
import { attribute } from './stanza.ts'
import { xml, type Element } from './xml.ts'

/** What a server that can do it lists in disco#info (§3.1). Clients announce nothing. */
export const NS = 'urn:xmpp:blocking'
export const NS_ERRORS = 'urn:xmpp:blocking:errors'

/** More than anybody blocks by hand; what is beyond it is blocked all the same, by the server. */
const MAX_ITEMS = 20_000

/** The whole list (§3.2). Only who has asked for it is sent pushes. Rejects as Iq.request does. */
export async function fetchBlockList(iq: Iq): Promise<readonly Jid[]> {
  const result = await iq.request({ type: 'get', payload: xml('blocklist', { xmlns: NS }) })
  const list = result.getChild('blocklist', NS)
  return list === undefined ? [] : parseItems(list)
}

/** Blocks an address: a bare or full JID, a domain (§3.3), with why (XEP-0377). The change itself comes back as a push. */
export async function blockJid(iq: Iq, jid: Jid, report?: Element): Promise<void> {
  const item = xml('item', { jid }, ...(report === undefined ? [] : [report]))
  await iq.request({ type: 'set', payload: xml('block', { xmlns: NS }, item) })
}

/** §3.4; without an address all that are blocked (§3.5). */
export async function unblockJid(iq: Iq, jid?: Jid): Promise<void> {
  const items = jid === undefined ? [] : [xml('item', { jid })]
  await iq.request({ type: 'set', payload: xml('unblock', { xmlns: NS }, ...items) })
}

export type BlockPush =
  | { readonly kind: 'blocked' | 'unblocked'; readonly jids: readonly Jid[] }
  | { readonly kind: 'all-unblocked' }

/**
 * Reads a push. Rejected unless it comes from our own account: anybody else's would make us believe that somebody is
 * blocked, or no longer so (attack S3). An <unblock/> whose items can't be read is not one without items, which means all.
 */
export function parseBlockPush(iq: Element, ownBareJid: BareJid): BlockPush | Rejected {
  const from = attribute(iq, 'from')
  if (from !== undefined && parseJid(from) !== ownBareJid) return rejected('block push from a stranger')
  const block = iq.getChild('block', NS)
  const change = block ?? iq.getChild('unblock', NS)
  if (attribute(iq, 'type') !== 'set' || change === undefined) return rejected('not a block push')
  if (block === undefined && change.getChildElements().length === 0) return { kind: 'all-unblocked' }
  const jids = parseItems(change)
  if (jids.length === 0) return rejected('block push without an address')
  return { kind: block === undefined ? 'unblocked' : 'blocked', jids }
}

/** Addresses in order, each once; an item without a real one is left out. */
function parseItems(list: Element): readonly Jid[] {
  const items = list.getChildren('item', NS).slice(0, MAX_ITEMS)
  const jids = items.map((item) => parseJid(attribute(item, 'jid') ?? ''))
  return [...new Set(jids.filter((jid) => jid !== undefined))]
}

/** Whether a stanza error says that we have blocked whom we wrote to (§3.3): `<blocked/>` beside the condition. */
export function parseBlocked(error: Element): true | undefined {
  return error.getChild('blocked', NS_ERRORS) === undefined ? undefined : true
}

/** Whether an item of the list blocks this address (§5). */
export function blocks(item: Jid, jid: Jid): boolean {
  return item === jid || item === bareOf(jid) || item === domainOf(jid)
}
