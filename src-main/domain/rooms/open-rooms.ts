/** The rooms that are known from earlier runs: we are in none of them yet. */
import type { Storage } from '../../storage/storage.ts'
import type { StoredRoom } from '../../storage/rooms.types.ts'
import type { Events } from '../app.types.ts'
import { announceRoom } from './describe.ts'
import { createRoomsMemory, type RoomsMemory, type Visit } from './memory.ts'

export function openRooms(storage: Storage, events: Events): RoomsMemory {
  const rooms = createRoomsMemory(events, (conversationId) =>
    announceRoom({ storage, rooms, events }, conversationId),
  )
  for (const stored of storage.listRooms()) openRoom(storage, rooms, stored)
  return rooms
}

/** The visit of a room that is stored. */
export function openRoom(storage: Storage, rooms: RoomsMemory, stored: StoredRoom): Visit {
  const { accountId, conversationId, jid, nick, occupantId, traits } = stored
  const visit = rooms.open({ accountId, conversationId, jid, nick, occupantId, traits })
  for (const who of storage.listIgnored(conversationId)) visit.ignored.add(who)
  return visit
}
