/** Rooms and their occupants for renderer tests, with defaults for what a test does not speak of. */
import type { Invitation } from '../../../src-main/model/bookmarks.ts'
import type { Message } from '../../../src-main/model/message.ts'
import type { Occupant, Room, RoomTraits } from '../../../src-main/model/room.ts'
import { makeMessage } from '../make-message.ts'
import { jid } from '../make.ts'

export const GARDEN = jid('garden@rooms.capulet.example')

export function makeTraits(part: Partial<RoomTraits> = {}): RoomTraits {
  return {
    ...{ name: 'Garden', description: '', membersOnly: false, moderated: false, nonAnonymous: false },
    ...{ passwordProtected: false, temporary: false, hidden: false, archived: true, occupantIds: true },
    moderation: true,
    ...part,
  }
}

/** One that we are in as a participant, in conversation 1. */
export function makeRoom(part: Partial<Room> = {}): Room {
  return {
    ...{ conversationId: 1, accountId: 1, jid: GARDEN, phase: 'in', nick: 'Romeo', role: 'participant' },
    ...{ affiliation: 'none', name: 'Garden', subject: '', occupantCount: 3, autojoin: true },
    ...{ bookmarked: true, notify: 'all', mentions: 0, traits: makeTraits() },
    ...part,
  }
}

export function makeOccupant(nick: string, part: Partial<Occupant> = {}): Occupant {
  return { nick, role: 'participant', affiliation: 'none', show: 'online', status: '', ...part }
}

/** Said in conversation 1 by an occupant; by 'Romeo' it is ours. */
export function makeSaid(id: number, nick: string, part: Partial<Message> = {}): Message {
  const direction = nick === 'Romeo' ? 'out' : 'in'
  return makeMessage(id, { direction, sender: GARDEN, author: { nick, occupantId: `of ${nick}` }, ...part })
}

export function makeInvitation(id: number, part: Partial<Invitation> = {}): Invitation {
  return { id, accountId: 1, room: GARDEN, reason: '', receivedAt: id * 1000, ...part }
}
