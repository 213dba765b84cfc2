/**
 * What occupants do to messages (attack S5). Which message is meant, the room's own id says, where a specification wants
 * it so; that it is theirs, the occupant-id. Without one a nick proves it only for as long as we have seen it being held.
 */
import type { Message } from '../../model/message.ts'
import type { DeedContext } from '../actions/deed-context.ts'
import type { Draft } from '../incoming/draft.ts'
import type { Tools } from '../tools.ts'
import { hasSameNick, isSameOccupant } from './authors.ts'

/** XEP-0444 §4.2, XEP-0424 §5.1: in a room the id that it gave. */
export function findByRoomId({ storage }: Tools, conversationId: number, id: string): Message | undefined {
  const found = storage.findByStanzaId(conversationId, id)
  return found && storage.findMessage(found.id)
}

/** XEP-0308 §5: by the `id` that its sender gave it, and of that sender alone. */
export function findCorrected(
  draft: Draft,
  { storage }: Tools,
  { conversationId, sender, author }: DeedContext,
  id: string,
): Message | undefined {
  if (conversationId === undefined) return undefined
  const occupantId = draft.room?.kind === 'room' ? author?.occupantId : undefined
  if (occupantId !== undefined) return storage.findTargetById(conversationId, occupantId, id)
  const target = storage.findTarget(conversationId, sender, id)
  return target !== undefined && isByAnother(draft, target) ? undefined : target
}

/** Whether the message is not the one's whose stanza this is; false outside of rooms, where the address says it. */
export function isByAnother({ room, isOwn, via }: Draft, message: Message | undefined): boolean {
  if (room === undefined || message === undefined) return false
  if (isOwn || message.direction === 'out') return isOwn !== (message.direction === 'out')
  const { author, visit } = room
  if (author === undefined || message.author === undefined) return true
  if (isSameOccupant(author, message.author)) return false
  if (!hasSameNick(author, message.author) || via !== 'live') return true
  const seat = visit.seats.get(author.nick)
  return seat === undefined || message.sentAt < seat.sinceMs
}
