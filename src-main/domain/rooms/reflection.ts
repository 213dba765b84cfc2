/**
 * Our own words as the room sends them to everybody (XEP-0045 §7.4): now they are said. They meet their row by the ids that
 * we gave; that it is we who come back, the room has said.
 */
import { idsOf } from '../actions/apply-waiting.ts'
import type { IncomingStep } from '../incoming/draft.ts'

export const meetReflection: IncomingStep = (draft, { storage }) => {
  const { room, isOwn, via, parsed, conversation, stanzaId, link, changed } = draft
  if (room?.kind !== 'room' || !isOwn || via !== 'live') return 'continue'
  if (room.author === undefined || conversation === undefined) return 'continue'
  const ids = idsOf(parsed)
  const message = storage.reflect(conversation.id, { ids, stanzaId, author: room.author })
  if (message === undefined) return 'continue'
  for (const id of ids) {
    room.visit.awaited.delete(id)
    link.inFlight.delete(id)
    storage.forgetSent(link.accountId, id)
  }
  changed.push(message)
  return 'stop'
}
