/** Writing and retrying single messages. As in a chat they are stored before anything is sent. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { SingleMessage } from '../../model/inbox.ts'
import type { Thread } from '../../model/message.ts'
import { encodedBodyLength } from '../../protocol/message.ts'
import { MAX_ENCODED_BYTES } from '../outgoing/compose.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import { announceSingleAdded, announceSingleChanged } from './announce.ts'
import { getSingle } from './singles.ts'

/** Stores it as pending; the caller flushes the outbox. A reply goes on with the thread of what it answers. */
export function composeSingle(tools: Tools, input: CheckedInput<'single.send'>): SingleMessage {
  const { storage, newId, now, raised } = tools
  const { accountId, to, subject, body, replyTo } = input
  if (storage.findAccount(accountId) === undefined) throw userError('not-found')
  // As for chat messages: beyond the server's limit the stream would end, each time anew.
  if (encodedBodyLength(subject) + encodedBodyLength(body) > MAX_ENCODED_BYTES)
    throw userError('message-too-long')
  const id = newId()
  const message = storage.insertSingle({
    accountId,
    direction: 'out',
    counterpart: to,
    subject,
    body,
    sentAt: now(),
    state: 'pending',
    unread: false,
    messageId: id,
    originId: id,
    thread: threadOfReply(tools, accountId, replyTo) ?? { id: newId() },
  })
  if (message === undefined) throw userError('internal', 'an id was given twice')
  raised.clear('disk-full')
  announceSingleAdded(tools, message)
  return message
}

/** Of another account's message nothing is told. */
function threadOfReply(tools: Tools, accountId: number, replyTo: number | undefined): Thread | undefined {
  const answered = replyTo === undefined ? undefined : tools.storage.findSingle(replyTo)
  return answered?.accountId === accountId ? answered.thread : undefined
}

/** Back to pending; the caller flushes the outbox. Only an own one that failed. */
export function retrySingle(tools: Tools, messageId: number): SingleMessage {
  const message = getSingle(tools, messageId)
  if (message.direction !== 'out' || message.state !== 'failed') throw userError('not-found')
  const pending = tools.storage.setSingleState(messageId, 'pending')
  if (pending !== undefined) announceSingleChanged(tools, pending)
  return message
}
