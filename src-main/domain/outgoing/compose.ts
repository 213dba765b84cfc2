/** Writing, retrying and discarding own messages. They are stored before anything is sent. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { Message } from '../../model/message.ts'
import { encodedBodyLength } from '../../protocol/message.ts'
import { announceConversation, getConversation } from '../conversations.ts'
import { oweMarker } from '../receipts/duties.ts'
import { readAll } from '../reading.ts'
import { answerTo, getOriginal } from '../replies/quote.ts'
import { ownCards } from '../links/cards.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import { announceMessage } from './outbox.ts'
import { nextThread } from './thread.ts'

/** Below the limit of 256 KiB a stanza that Prosody and ejabberd come with, with room for what is around the body. */
export const MAX_ENCODED_BYTES = 240_000

/** Stores it as pending; the caller flushes the outbox. Who answers has read: the conversation is marked as read. */
export function composeMessage(tools: Tools, input: CheckedInput<'message.send'>): Message {
  const { conversationId } = input
  const { message, announce } = tools.storage.transaction(() => {
    const conversation = getConversation(tools, conversationId)
    const { draft, accountId, counterpart, unreadCount, kind } = conversation
    tools.storage.setKeeping(conversationId, { putAwayAt: null })
    // Who answers has taken it.
    tools.storage.setRequest(conversationId, false)
    oweMarker(tools, conversationId)
    readAll(tools, conversation)
    if (unreadCount > 0 && kind !== 'private') tools.storage.setDisplayedDue(accountId, counterpart, true)
    // The draft that the window saved last may lag behind what was typed; another one is not touched.
    if (input.body.trim().startsWith(draft.trim())) tools.storage.setDraft(conversationId, '')
    return storeOwn(tools, input)
  })
  announce()
  return message
}

/** Only stores it as pending. `announce` is to be called when the transaction around it is done. */
export function storeOwn(
  tools: Tools,
  { conversationId, body: words, replyTo, spoiler, link }: CheckedInput<'message.send'>,
): { readonly message: Message; readonly announce: () => void } {
  const { storage, events, newId, now, raised } = tools
  const { accountId } = getConversation(tools, conversationId)
  const account = storage.findAccount(accountId)
  if (account === undefined) throw userError('not-found')
  const { reply, body } =
    replyTo === undefined
      ? { body: words }
      : answerTo(tools, getOriginal(tools, replyTo, conversationId), words)
  // On its way it would end the stream, each time anew, and hold up all that was written after it.
  if (encodedBodyLength((reply?.quote ?? '') + body) > MAX_ENCODED_BYTES) throw userError('message-too-long')
  const id = newId()
  const message = storage.insertMessage({
    ...{ accountId, conversationId, body, reply, spoiler, links: link && ownCards(body, link) },
    direction: 'out',
    sender: account.jid,
    sentAt: now(),
    // By a clock that is slow it would stand before what it answers.
    atEnd: true,
    state: 'pending',
    messageId: id,
    originId: id,
    thread: nextThread(storage.listRecentThreads(conversationId), newId),
    unread: false,
  })
  if (message === undefined) throw userError('internal', 'an id was given twice')
  return {
    message,
    announce() {
      raised.clear('disk-full')
      announceConversation(tools, conversationId)
      events.emit('message.added', { message })
    },
  }
}

/** Back to pending, at its place; the caller flushes the outbox. Only an own message that failed. */
export function retryMessage(tools: Tools, messageId: number): Message {
  const message = getFailed(tools, messageId)
  const pending = tools.storage.transaction(() => {
    tools.storage.setResent(message.id, tools.now())
    return tools.storage.setMessageState(message.id, 'pending')
  })
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
