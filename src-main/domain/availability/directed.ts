/**
 * Directed presence (RFC 6121 §4.6): shown to somebody without a subscription, for as long as the stream lives. Our server
 * says goodbye to them when we do (§4.6.3); on each change we tell them anew.
 *
 * The opposite is not offered on purpose: unavailable presence directed at a contact makes nobody invisible, for the next
 * broadcast reaches that contact again, and so does every other device of ours. Who must not be seen has to be revoked or
 * blocked.
 */
import type { BareJid } from '../../model/jid.ts'
import { buildUnavailable } from '../../protocol/presence.ts'
import type { Link } from '../link.ts'
import { sendOwnPresenceTo } from '../presence.ts'
import { seesUs } from '../subscriptions.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'

/** More would make a broadcast of it, which is what subscriptions are for. */
const MAX_DIRECTED = 50

export function listDirected(
  { availability }: Pick<Tools, 'availability'>,
  accountId: number,
): readonly BareJid[] {
  return [...(availability.directed.get(accountId) ?? [])]
}

/** Nothing to do for one who sees us anyway. */
export function showPresenceTo(tools: Tools, link: Link, jid: BareJid): void {
  const { accountId, stream } = link
  if (jid === stream.ownBareJid) throw userError('invalid-address', 'the own address')
  if (seesUs(tools.storage.findContact(accountId, jid))) return
  const jids = tools.availability.directed.get(accountId) ?? new Set<BareJid>()
  if (!jids.has(jid) && jids.size >= MAX_DIRECTED) throw userError('not-supported', 'too many addresses')
  if (!sendOwnPresenceTo(tools, link, jid)) throw userError('offline')
  tools.availability.directed.set(accountId, jids.add(jid))
  link.addressed.add(jid)
  announce(tools, accountId)
}

export function hidePresenceFrom(tools: Tools, link: Link, jid: BareJid): void {
  if (!listDirected(tools, link.accountId).includes(jid)) return
  if (!link.stream.send(buildUnavailable('', jid))) throw userError('offline')
  link.addressed.delete(jid)
  forgetDirected(tools, link.accountId, jid)
}

/** Nothing is sent: the contact sees us by subscription from now on, or was told already. */
export function forgetDirected(tools: Tools, accountId: number, jid: BareJid): void {
  if (tools.availability.directed.get(accountId)?.delete(jid) === true) announce(tools, accountId)
}

/** The stream has ended, and with it what was shown on it. */
export function forgetAllDirected(tools: Tools, accountId: number): void {
  if (tools.availability.directed.delete(accountId)) announce(tools, accountId)
}

function announce(tools: Tools, accountId: number): void {
  tools.events.emit('presence.directedChanged', { accountId, jids: listDirected(tools, accountId) })
}
