/** What was done to a message and could not be sent: once more, or not at all. */
import type { Message } from '../../model/message.ts'
import type { StoredDeed } from '../../storage/actions.types.ts'
import { announceMessage } from '../outgoing/announce-message.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'

/** The caller flushes the outbox. */
export function retryDeeds(tools: Tools, messageId: number): Message {
  const { storage, now } = tools
  return change(tools, messageId, (stored, message) => {
    storage.setDeedState(stored.id, 'pending')
    const { deed } = stored
    const sender = storage.findAccount(message.accountId)?.jid
    if (deed.kind !== 'reactions' || sender === undefined) return
    const { emoji } = deed.payload
    const ownId = stored.messageId
    storage.setReactions(messageId, { sender, emoji, place: now() * 1000, ownId, settled: false })
  })
}

/** A correction is undone, reactions are already; what was taken back stays so here. */
export function dropDeeds(tools: Tools, messageId: number): void {
  const { storage } = tools
  change(tools, messageId, (stored) => {
    if (stored.deed.kind === 'correction') storage.deleteRevision(messageId, stored.messageId)
    storage.deleteDeed(stored.id)
  })
}

function change(
  tools: Tools,
  messageId: number,
  body: (stored: StoredDeed, message: Message) => void,
): Message {
  const { storage } = tools
  const message = storage.findMessage(messageId)
  const failed = storage.listDeedsOf(messageId).filter(({ state }) => state === 'failed')
  if (message === undefined || failed.length === 0) throw userError('not-found')
  storage.transaction(() => failed.forEach((stored) => body(stored, message)))
  announceMessage(tools, storage.findMessage(messageId) ?? message)
  return message
}
