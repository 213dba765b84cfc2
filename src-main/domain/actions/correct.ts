/** XEP-0308: other words for an own message, however old. What nobody has yet is simply written anew. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { Message } from '../../model/message.ts'
import { encodedBodyLength } from '../../protocol/message.ts'
import { cardsFor } from '../links/cards.ts'
import { announceMessage } from '../outgoing/announce-message.ts'
import { MAX_ENCODED_BYTES } from '../outgoing/compose.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import { counterpartOf, getOwnMessage, isUnsent } from './own-message.ts'

/** The caller flushes the outbox. */
export function correctMessage(tools: Tools, { messageId, body }: CheckedInput<'message.correct'>): Message {
  const message = getOwnMessage(tools, messageId)
  if (encodedBodyLength(body) > MAX_ENCODED_BYTES) throw userError('message-too-long')
  if (body === message.body && message.state !== 'failed') return message
  const { storage } = tools
  const changed = isUnsent(tools, message)
    ? storage.rewriteMessage(messageId, body, cardsFor(body, message.links))
    : storage.transaction(() => queueCorrection(tools, message, body))
  if (changed !== undefined) announceMessage(tools, storage.findMessage(messageId) ?? changed)
  return changed ?? message
}

/** Later than any version that is known, whatever our clock says. */
function queueCorrection(tools: Tools, message: Message, body: string): Message | undefined {
  const { storage, newId, now } = tools
  const { messageId: replaces } = storage.getReference(message.id)
  if (replaces === undefined) throw userError('not-found')
  const ownId = newId()
  const writtenAt = Math.max(now(), (message.correctedAt ?? 0) + 1)
  storage.insertDeed({
    accountId: message.accountId,
    counterpart: counterpartOf(tools, message),
    deed: { kind: 'correction', payload: { replaces } },
    messageId: ownId,
    sentAt: now(),
    target: message.id,
  })
  const links = cardsFor(body, message.links)
  const version = { ownId, writtenAt, place: writtenAt * 1000, settled: false, body, links }
  return storage.insertRevision(message.id, { ...version, unstyled: message.unstyled })
}
