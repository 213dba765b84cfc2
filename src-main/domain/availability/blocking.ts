/** Blocking (XEP-0191): the server's list, which it alone changes; the user's wishes go to it and come back as pushes. */
import type { Jid } from '../../model/jid.ts'
import {
  blockJid,
  blocks,
  fetchBlockList,
  NS,
  parseBlockPush,
  unblockJid,
  type BlockPush,
} from '../../protocol/xep-0191-blocking.ts'
import { NS as NS_REPORTING } from '../../protocol/xep-0377-reports.ts'
import type { Element } from '../../protocol/xml.ts'
import type { Link } from '../link.ts'
import { serverFeatures } from '../server-features.ts'
import { guardStorage } from '../storage-guard.ts'
import { settleRequest } from '../subscriptions.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import { hidePresenceFrom, listDirected } from './directed.ts'

/** Learns what the server can do, and its block list where it keeps one. Rejects as Iq.request does. */
export async function loadBlockList(tools: Tools, link: Link): Promise<void> {
  const { accountId, iq } = link
  const features = await serverFeatures(link)
  const blocking = features.has(NS)
  const reporting = blocking && features.has(NS_REPORTING)
  if (link.closed) return
  const { preApproval } = link.stream.features
  tools.availability.servers.set(accountId, { blocking, reporting, preApproval })
  tools.events.emit('server.learned', { accountId, preApproval })
  tools.events.emit('reporting.learned', { accountId, reporting })
  if (!blocking) return guardStorage(tools, link, () => replace(tools, accountId, []))
  // A push that overtakes the list is applied after it.
  const list = fetchBlockList(iq)
  const loaded = list.then((jids) => {
    if (!link.closed) guardStorage(tools, link, () => replace(tools, accountId, jids))
  })
  answerPushes(
    tools,
    link,
    loaded.catch(() => undefined),
  )
  await loaded
}

function answerPushes(tools: Tools, link: Link, loaded: Promise<void>): void {
  let isLoaded = false
  void loaded.then(() => (isLoaded = true))
  for (const name of ['block', 'unblock'] as const) {
    link.iq.answer('set', NS, name, ({ element, from }) => {
      const push = parseBlockPush(element, link.stream.ownBareJid)
      if (push.kind === 'rejected') {
        tools.log('domain/blocking', 'warn', push.reason, { from })
        return 'service-unavailable'
      }
      const apply = (): undefined =>
        guardStorage(tools, link, () => applyPush(tools, link.accountId, push)) as undefined
      return isLoaded ? apply() : loaded.then(apply)
    })
  }
}

function replace(tools: Tools, accountId: number, jids: readonly Jid[]): void {
  tools.storage.replaceBlocked(accountId, jids)
  announce(tools, accountId, { replaced: true, added: jids, removed: [] })
  forgetBlocked(tools, accountId, jids)
}

function applyPush(tools: Tools, accountId: number, push: BlockPush): void {
  if (push.kind === 'all-unblocked') return replace(tools, accountId, [])
  const change =
    push.kind === 'blocked' ? { added: push.jids, removed: [] } : { added: [], removed: push.jids }
  tools.storage.changeBlocked(accountId, change)
  announce(tools, accountId, { replaced: false, ...change })
  forgetBlocked(tools, accountId, change.added)
}

type Change = { readonly replaced: boolean; readonly added: readonly Jid[]; readonly removed: readonly Jid[] }

function announce(tools: Tools, accountId: number, change: Change): void {
  tools.events.emit('blocking.changed', { accountId, supported: canBlock(tools, accountId), ...change })
}

/** Who is blocked waits for no answer, and is not seen: the server lets neither the going nor the coming through. */
function forgetBlocked(tools: Tools, accountId: number, jids: readonly Jid[]): void {
  const { storage, presences } = tools
  if (jids.length === 0) return
  const isBlocked = (each: { accountId: number; jid: Jid }): boolean =>
    each.accountId === accountId && jids.some((item) => blocks(item, each.jid))
  for (const { jid } of storage.listRequests().filter(isBlocked)) settleRequest(tools, accountId, jid)
  for (const { jid } of presences.list().filter(isBlocked))
    presences.setUnavailable(accountId, jid, undefined)
}

export function canBlock({ availability }: Pick<Tools, 'availability'>, accountId: number): boolean {
  return availability.servers.get(accountId)?.blocking ?? false
}

/** By the list as the server said it last. */
export function isBlocked({ storage }: Pick<Tools, 'storage'>, accountId: number, jid: Jid): boolean {
  return storage.listBlocked(accountId).some((item) => blocks(item, jid))
}

/** `report`: why (XEP-0377). Throws UserError: 'not-supported', 'invalid-address' for what would cut us off from ourselves. */
export async function blockAddress(tools: Tools, link: Link, address: Jid, report?: Element): Promise<void> {
  requireBlocking(tools, link)
  if (blocks(address, link.stream.ownBareJid)) throw userError('invalid-address', 'the own address or server')
  // Once blocked, not even a goodbye gets there.
  for (const jid of listDirected(tools, link.accountId)) {
    if (blocks(address, jid)) hidePresenceFrom(tools, link, jid)
  }
  await blockJid(link.iq, address, report)
}

/** Without an address: all. Throws UserError 'not-supported'. */
export async function unblockAddress(tools: Tools, link: Link, address?: Jid): Promise<void> {
  requireBlocking(tools, link)
  await unblockJid(link.iq, address)
}

function requireBlocking(tools: Tools, { accountId }: Link): void {
  if (!canBlock(tools, accountId)) throw userError('not-supported')
}
