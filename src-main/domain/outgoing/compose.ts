/** Writing, retrying and discarding own messages. They are stored before anything is sent. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { Message } from '../../model/message.ts'
import { encodedBodyLength } from '../../protocol/message.ts'
import { announceConversation, getConversation } from '../conversations.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import { announceMessage } from './outbox.ts'
import { nextThread } from './thread.ts'

/** Below the limit of 256 KiB a stanza that Prosody and ejabberd come with, with room for what is around the body. */
export const MAX_ENCODED_BYTES = 240_000

/** Stores it as pending; the caller flushes the outbox. Who answers has read: the conversation is marked as read. */
export function composeMessage(
  tools: Tools,
  { conversationId, body }: CheckedInput<'message.send'>,
): Message {
  const { storage, events, newId, now, raised } = tools
  const conversation = getConversation(tools, conversationId)
  const { accountId } = conversation
  const account = storage.findAccount(accountId)
  if (account === undefined) throw userError('not-found')
  // On its way it would end the stream, each time anew, and hold up all that was written after it.
  if (encodedBodyLength(body) > MAX_ENCODED_BYTES) throw userError('message-too-long')
  const id = newId()
  const message = storage.transaction(() => {
    storage.markRead(conversationId)
    // The draft that the window saved last may lag behind what was typed; another one is not touched.
    if (body.trim().startsWith(conversation.draft.trim())) storage.setDraft(conversationId, '')
    return storage.insertMessage({
      accountId,
      conversationId,
      direction: 'out',
      sender: account.jid,
      body,
      sentAt: now(),
      state: 'pending',
      messageId: id,
      originId: id,
      thread: nextThread(storage.listRecentThreads(conversationId), newId),
      unread: false,
    })
  })
  if (message === undefined) throw userError('internal', 'an id was given twice')
  raised.clear('disk-full')
  announceConversation(tools, conversationId)
  events.emit('message.added', { message })
  return message
}

/** Back to pending, at its place; the caller flushes the outbox. Only an own message that failed. */
export function retryMessage(tools: Tools, messageId: number): Message {
  const message = getFailed(tools, messageId)
  const pending = tools.storage.setMessageState(message.id, 'pending')
  if (pending !== undefined) announceMessage(tools, pending)
  return message
}

/** Only an own message that failed. */
export function discardMessage(tools: Tools, messageId: number): void {
  const { conversationId } = getFailed(tools, messageId)
  tools.storage.deleteMessage(messageId)
  tools.events.emit('message.removed', { conversationId, messageId })
  announceConversation(tools, conversationId)
}

function getFailed(tools: Tools, messageId: number): Message {
  const message = tools.storage.findMessage(messageId)
  if (message?.direction !== 'out' || message.state !== 'failed') throw userError('not-found')
  return message
}
