/** Being in rooms: what the renderer may ask for. */
import * as v from 'valibot'
import type { Conversation } from '../../model/conversation.ts'
import { ROOM_NOTIFY, type Occupant } from '../../model/room.ts'
import type { Happening } from '../../model/room-log.ts'
import type { RoomReader } from '../../model/room-readers.ts'
import { id, jid, text } from '../fields.ts'

export const nick = v.pipe(text(1023), v.trim(), v.nonEmpty())
const room = v.strictObject({ conversationId: id })
const occupant = v.strictObject({ conversationId: id, nick })

export const roomsCommands = {
  /** Opens the room's conversation and joins; how it goes is told by room.changed. */
  'room.join': v.strictObject({
    accountId: id,
    jid,
    nick,
    password: v.optional(v.pipe(text(1024), v.nonEmpty())),
    /** A bookmark is made, or changed, so that all devices are in it. */
    autojoin: v.boolean(),
  }),
  /** Tries again, under another nick or with another password where given. */
  'room.rejoin': v.strictObject({
    conversationId: id,
    nick: v.optional(nick),
    password: v.optional(v.pipe(text(1024), v.nonEmpty())),
  }),
  /** Leaves it on all devices: the bookmark's autojoin goes. What was said stays here. */
  'room.leave': room,
  'room.setNick': occupant,
  'room.setSubject': v.strictObject({ conversationId: id, subject: text(4096) }),
  /**
   * All occupants, the highest affiliation first; while it is shown, occupants.changed tells of each change. Of more than two
   * thousand the others follow by it.
   */
  'room.occupants': room,
  /** What happened there while we are in it, the latest last; room.happened tells what comes. */
  'room.happenings': room,
  /** Who has read how far, where the room is small and its members know each other; room.readersChanged tells more. */
  'room.readers': room,
  'room.setNotify': v.strictObject({ conversationId: id, notify: v.picklist(ROOM_NOTIFY) }),
  /** A conversation with one occupant alone (§7.5). */
  'room.openPrivate': occupant,
  /** What an occupant says is no longer shown; by occupant-id where there is one. */
  'room.ignore': v.strictObject({ conversationId: id, nick, ignored: v.boolean() }),
  /** A visitor asks to be heard (§7.13). */
  'room.requestVoice': room,
} as const

export interface RoomsOutputs {
  'room.join': Conversation
  'room.occupants': readonly Occupant[]
  'room.openPrivate': Conversation
  'room.happenings': readonly Happening[]
  'room.readers': readonly RoomReader[]
}
