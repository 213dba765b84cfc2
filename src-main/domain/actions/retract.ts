/** XEP-0424: an own message is taken back. What nobody has yet just goes. */
import type { Message } from '../../model/message.ts'
import { announceConversation } from '../conversations.ts'
import { announceMessage } from '../outgoing/announce-message.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import { counterpartOf, getOwnMessage, isInRoom, isUnsent } from './own-message.ts'

/** The caller flushes the outbox. */
export function retractMessage(tools: Tools, messageId: number): Message {
  const message = getOwnMessage(tools, messageId)
  if (isUnsent(tools, message)) {
    tools.storage.deleteMessage(messageId)
    tools.events.emit('message.removed', { conversationId: message.conversationId, messageId })
    announceConversation(tools, message.conversationId)
    return message
  }
  const { storage } = tools
  const changed = storage.transaction(() => queueRetraction(tools, message))
  if (changed !== undefined) announceMessage(tools, storage.findMessage(messageId) ?? changed)
  return message
}

function queueRetraction(tools: Tools, message: Message): Message | undefined {
  const { storage, newId, now } = tools
  const { messageId, stanzaId } = storage.getReference(message.id)
  // §5.1: in a room by the id that it gave.
  const retracts = isInRoom(tools, message) ? stanzaId : messageId
  if (retracts === undefined) throw userError('not-found')
  const changed = storage.retractMessage(message.id, now())
  storage.insertDeed({
    accountId: message.accountId,
    counterpart: counterpartOf(tools, message),
    deed: { kind: 'retraction', payload: { retracts } },
    messageId: newId(),
    sentAt: now(),
    target: message.id,
  })
  return changed
}
