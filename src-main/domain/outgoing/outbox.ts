/**
 * Own messages on their way: pending until the server has them, then sent, or failed. A row goes to a stream once; what a
 * stream did not get acknowledged goes out again, under the same id and in order, on the next one.
 */
import { resourceOf, type BareJid, type Jid } from '../../model/jid.ts'
import type { Message } from '../../model/message.ts'
import { buildMessage } from '../../protocol/message.ts'
import type { PendingSingle } from '../../storage/inbox.types.ts'
import type { PendingMessage } from '../../storage/storage.ts'
import { announceConversation } from '../conversations.ts'
import { announceSingleChanged } from '../inbox/announce.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'

/** A chat message, or with a subject (which may be empty) a single one. */
type Due = PendingMessage | PendingSingle

/** Hands over every pending row that this stream does not have yet; stops at the first one it can't take now. */
export function flushOutbox(tools: Tools, link: Link): void {
  if (link.closed || !link.outboxOpen) return
  const { storage } = tools
  const due = inOrder(storage.listPending(link.accountId), storage.listPendingSingles(link.accountId))
  for (const message of due) {
    if (link.inFlight.has(message.messageId)) continue
    link.inFlight.add(message.messageId)
    if (!link.stream.send(toStanza(tools, link, message))) {
      link.inFlight.delete(message.messageId)
      return
    }
  }
}

/** Each kind in its own order, which is certain; both together by when they were written. */
function inOrder(chats: readonly PendingMessage[], singles: readonly PendingSingle[]): readonly Due[] {
  const merged: Due[] = []
  let next = 0
  for (const chat of chats) {
    const first = next
    while ((singles[next]?.sentAt ?? Infinity) < chat.sentAt) next += 1
    merged.push(...singles.slice(first, next), chat)
  }
  return [...merged, ...singles.slice(next)]
}

function toStanza(tools: Tools, link: Link, message: Due): ReturnType<typeof buildMessage> {
  const { counterpart, messageId: id, body, thread } = message
  const common = { id, originId: id, body, thread }
  if (!('subject' in message)) {
    return buildMessage({ ...common, type: 'chat', to: recipientOf(tools, link, counterpart) })
  }
  const subject = message.subject === '' ? undefined : message.subject
  return buildMessage({ ...common, type: 'normal', to: counterpart, subject })
}

function recipientOf({ presences }: Tools, { locks, accountId }: Link, counterpart: BareJid): Jid {
  return locks.recipient(counterpart, (device) =>
    presences.has(accountId, counterpart, resourceOf(device) ?? ''),
  )
}

/** The server has it (XEP-0198 §4). What has failed meanwhile stays failed. */
export function markSent(tools: Tools, accountId: number, stanzaId: string): void {
  const message = tools.storage.findOwnMessage(accountId, stanzaId)
  if (message === undefined) return markSingleSent(tools, accountId, stanzaId)
  if (message.state !== 'pending') return
  const sent = tools.storage.setMessageState(message.id, 'sent')
  if (sent !== undefined) announceMessage(tools, sent)
}

function markSingleSent(tools: Tools, accountId: number, stanzaId: string): void {
  const message = tools.storage.findOwnSingle(accountId, stanzaId)
  if (message?.state !== 'pending') return
  const sent = tools.storage.setSingleState(message.id, 'sent')
  if (sent !== undefined) announceSingleChanged(tools, sent)
}

export function announceMessage(tools: Tools, message: Message): void {
  tools.events.emit('message.changed', { message })
  announceConversation(tools, message.conversationId)
}
