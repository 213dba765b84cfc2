/** How own deeds fare: the server has one, or an error answered it. */
import type { BareJid } from '../../model/jid.ts'
import type { MessageError } from '../../model/message.ts'
import type { StoredDeed } from '../../storage/actions.types.ts'
import type { Tools } from '../tools.ts'
import { announceMessage } from './announce-message.ts'

/** False when no deed has this id. What has failed meanwhile stays failed. */
export function markDeedSent(tools: Tools, accountId: number, stanzaId: string): boolean {
  const stored = tools.storage.findDeed(accountId, stanzaId)
  if (stored === undefined) return false
  if (stored.state !== 'pending') return true
  tools.storage.setDeedState(stored.id, 'sent')
  announceTarget(tools, stored)
  return true
}

/** Reactions that were refused did not happen (XEP-0444 §3.3). The caller announces the target. */
export function failDeed(tools: Tools, own: BareJid, stored: StoredDeed, error: MessageError): void {
  const { storage, now } = tools
  storage.setDeedState(stored.id, 'failed', error)
  const { deed, target } = stored
  if (deed.kind !== 'reactions' || target === undefined) return
  const emoji = deed.payload.before
  storage.setReactions(target, { sender: own, emoji, place: now() * 1000, settled: false })
}

/** Tells how the message stands that it is about. */
export function announceTarget(tools: Tools, { target }: Pick<StoredDeed, 'target'>): void {
  const message = target === undefined ? undefined : tools.storage.findMessage(target)
  if (message !== undefined) announceMessage(tools, message)
}
