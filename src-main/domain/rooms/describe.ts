/** How a room stands, put together for the user from what is stored and what is in memory. */
import type { Room, RoomPhase } from '../../model/room.ts'
import type { StoredRoom } from '../../storage/rooms.types.ts'
import type { Tools } from '../tools.ts'
import type { Visit } from './memory.ts'
import { mayTalkAgainAt } from './slow-mode.ts'

export function describeRoom(
  tools: Pick<Tools, 'storage' | 'rooms'>,
  conversationId: number,
): Room | undefined {
  const stored = tools.storage.findRoom(conversationId)
  if (stored === undefined) return undefined
  return toRoom(tools, stored, tools.rooms.ofConversation(conversationId))
}

export function listRooms(tools: Pick<Tools, 'storage' | 'rooms'>): readonly Room[] {
  return tools.storage
    .listRooms()
    .map((stored) => toRoom(tools, stored, tools.rooms.ofConversation(stored.conversationId)))
}

function toRoom({ storage }: Pick<Tools, 'storage'>, stored: StoredRoom, visit: Visit | undefined): Room {
  const { conversationId, accountId, jid, traits } = stored
  return {
    ...{ conversationId, accountId, jid },
    phase: phaseOf(stored, visit),
    ...(visit?.problem === undefined ? {} : { problem: visit.problem }),
    nick: visit?.nick ?? stored.nick,
    role: visit?.role ?? 'none',
    affiliation: visit?.affiliation ?? 'none',
    name: stored.ownName === '' ? (traits?.name ?? '') : stored.ownName,
    subject: stored.subject,
    ...(stored.subjectBy === undefined ? {} : { subjectBy: stored.subjectBy }),
    ...(traits === undefined ? {} : { traits }),
    occupantCount: visit?.seats.size ?? 0,
    autojoin: stored.autojoin,
    bookmarked: stored.bookmarked,
    notify: stored.notify,
    mentions: storage.countMentions(conversationId),
    ...(visit === undefined ? {} : meanwhile(visit)),
  }
}

function meanwhile(visit: Visit): Pick<Room, 'activity' | 'mayTalkAt'> {
  const mayTalkAt = mayTalkAgainAt(visit)
  return {
    ...(visit.phase === 'in' || visit.activity === undefined ? {} : { activity: visit.activity }),
    ...(mayTalkAt === undefined ? {} : { mayTalkAt }),
  }
}

/** One that is wanted and not joined waits for a stream. */
function phaseOf({ wanted }: StoredRoom, visit: Visit | undefined): RoomPhase {
  const phase = visit?.phase ?? 'out'
  return phase === 'out' && wanted ? 'joining' : phase
}

/** Tells everybody how the room stands now. */
export function announceRoom(
  tools: Pick<Tools, 'storage' | 'rooms' | 'events'>,
  conversationId: number,
): void {
  const room = describeRoom(tools, conversationId)
  if (room !== undefined) tools.events.emit('room.changed', { room })
}
