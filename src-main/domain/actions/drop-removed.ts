/** What the user removed on this computer stays away, whoever brings it again. */
import type { IncomingStep } from '../incoming/draft.ts'
import { senderOf } from '../rooms/arrival.ts'

export const dropRemoved: IncomingStep = (draft, { storage, now }) => {
  const { parsed, conversation, stanzaId, stampMs, link } = draft
  if (conversation === undefined) return 'continue'
  const isRemoved = storage.isRemoved({
    conversationId: conversation.id,
    sender: senderOf(draft, link.stream.ownBareJid),
    stanzaId,
    originId: parsed.originId,
    messageId: parsed.id,
    sentAt: stampMs ?? now(),
  })
  // What is new here is never dropped, however long it was on its way.
  const { archived } = draft
  const isCleared =
    archived !== undefined && storage.isCleared(conversation.id, archived.position.stampMs * 1000)
  return isRemoved || isCleared ? 'stop' : 'continue'
}
