/** XEP-0444: own reactions to a message of anybody. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { BareJid } from '../../model/jid.ts'
import type { Message } from '../../model/message.ts'
import { MAX_REACTIONS } from '../../protocol/xep-0444-reactions.ts'
import { announceMessage } from '../outgoing/announce-message.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import { counterpartOf, getMessage, isInRoom } from './own-message.ts'

/** The caller flushes the outbox. */
export function reactToMessage(
  tools: Tools,
  { messageId, emoji, chosen }: CheckedInput<'message.react'>,
): Message {
  const { storage } = tools
  const message = getMessage(tools, messageId)
  const own = storage.findAccount(message.accountId)?.jid
  const { originId, messageId: attribute, stanzaId } = storage.getReference(messageId)
  // XEP-0444 §4.2: in a room by the id that it gave.
  const to = isInRoom(tools, message) ? stanzaId : (originId ?? attribute)
  if (own === undefined || to === undefined || message.state === 'failed') throw userError('not-found')
  const before = storage.listReactions(messageId, own)
  const others = before.filter((one) => one !== emoji)
  const after = chosen ? [...others, emoji].slice(-MAX_REACTIONS) : others
  if (before.includes(emoji) === chosen) return message
  storage.transaction(() => queueReactions(tools, message, own, { to, emoji: after, before }))
  announceMessage(tools, storage.findMessage(messageId) ?? message)
  return message
}

interface Change {
  readonly to: string
  readonly emoji: readonly string[]
  readonly before: readonly string[]
}

/** What no stream has yet is overtaken: it goes, and what held before it is what a refusal brings back. */
function queueReactions(tools: Tools, message: Message, own: BareJid, change: Change): void {
  const { storage, newId, now } = tools
  const { id } = message
  let { before } = change
  for (const earlier of storage.listDeedsOf(id)) {
    const { deed, state, handedOver } = earlier
    if (deed.kind !== 'reactions' || state === 'sent' || (state === 'pending' && handedOver)) continue
    before = state === 'pending' ? deed.payload.before : before
    storage.deleteDeed(earlier.id)
  }
  const ownId = newId()
  const { to, emoji } = change
  storage.setReactions(id, { sender: own, emoji, place: now() * 1000, ownId, settled: false })
  storage.insertDeed({
    accountId: message.accountId,
    counterpart: counterpartOf(tools, message),
    deed: { kind: 'reactions', payload: { to, emoji, before } },
    messageId: ownId,
    sentAt: now(),
    target: id,
  })
}
