/** A message of a room that the user wants to be told of: of all of them, of those that speak to us, or of none. */
import type { Message } from '../../model/message.ts'
import type { Draft } from '../incoming/draft.ts'
import type { Tools } from '../tools.ts'
import { announceRoom } from './describe.ts'

export function tellOfRoom(
  { storage, rooms, events }: Tools,
  { room, isOwn }: Draft,
  message: Message,
): void {
  if (room?.kind !== 'room' || isOwn) return
  const { conversationId } = message
  if (message.mention === true) announceRoom({ storage, rooms, events }, conversationId)
  const notify = storage.findRoom(conversationId)?.notify
  const isWanted = notify === 'all' || (notify === 'mentions' && message.mention === true)
  if (isWanted && room.visit.caughtUp) events.emit('room.mentioned', { message })
}
