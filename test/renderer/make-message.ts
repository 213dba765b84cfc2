/** Messages for renderer tests. */
import type { Message } from '../../src-main/model/message.ts'
import { jid } from './make.ts'

/** An incoming message of conversation 1 unless said otherwise; ids are also the order. */
export function makeMessage(id: number, part: Partial<Message> = {}): Message {
  const direction = part.direction ?? 'in'
  const sentAt = part.sentAt ?? id * 1000
  return {
    id,
    accountId: 1,
    conversationId: 1,
    direction,
    sender: jid(direction === 'in' ? 'juliet@capulet.example' : 'romeo@montague.example'),
    body: `message ${id}`,
    sentAt,
    place: sentAt * 1000,
    state: direction === 'in' ? 'received' : 'sent',
    ...part,
  }
}
