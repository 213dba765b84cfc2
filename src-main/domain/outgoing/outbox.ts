/**
 * Own messages on their way: pending until the server has them, then sent, or failed. A row goes to a stream once; what a
 * stream did not get acknowledged goes out again, under the same id and in order, on the next one.
 */
import type { Message } from '../../model/message.ts'
import { buildMessage } from '../../protocol/message.ts'
import { announceConversation } from '../conversations.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'

/** Hands over every pending row that this stream does not have yet; stops at the first one it can't take now. */
export function flushOutbox(tools: Tools, link: Link): void {
  if (link.closed || !link.outboxOpen) return
  for (const { messageId, counterpart, body } of tools.storage.listPending(link.accountId)) {
    if (link.inFlight.has(messageId)) continue
    const element = buildMessage({ to: counterpart, type: 'chat', id: messageId, originId: messageId, body })
    link.inFlight.add(messageId)
    if (!link.stream.send(element)) {
      link.inFlight.delete(messageId)
      return
    }
  }
}

/** The server has it (XEP-0198 §4). What has failed meanwhile stays failed. */
export function markSent(tools: Tools, accountId: number, stanzaId: string): void {
  const message = tools.storage.findOwnMessage(accountId, stanzaId)
  if (message?.state !== 'pending') return
  const sent = tools.storage.setMessageState(message.id, 'sent')
  if (sent !== undefined) announceMessage(tools, sent)
}

export function announceMessage(tools: Tools, message: Message): void {
  tools.events.emit('message.changed', { message })
  announceConversation(tools, message.conversationId)
}
