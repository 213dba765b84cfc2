/** Finding and keeping rooms: what the renderer may ask for. */
import * as v from 'valibot'
import type { FoundRooms, RoomPreview, RoomService } from '../../model/bookmarks.ts'
import { id, jid, text } from '../fields.ts'

export const bookmarksCommands = {
  /** What a room says to somebody who is not in it. */
  'room.preview': v.strictObject({ accountId: id, jid }),
  /** Of the own server, and what the user named before. */
  'room.services': v.strictObject({ accountId: id }),
  /** A page of a service's rooms. */
  'room.list': v.strictObject({ accountId: id, service: jid, next: v.optional(text(1024)) }),
  /** XEP-0433. */
  'room.search': v.strictObject({
    accountId: id,
    service: jid,
    words: v.pipe(text(256), v.trim(), v.nonEmpty()),
    next: v.optional(text(1024)),
  }),
  /** The user's own name for it; empty: the room's. */
  'room.setName': v.strictObject({ conversationId: id, name: text(256) }),
  'room.setBookmark': v.strictObject({ conversationId: id, bookmarked: v.boolean(), autojoin: v.boolean() }),
  /** Directly (XEP-0249), or through the room where it is for members only. */
  'room.invite': v.strictObject({
    conversationId: id,
    jids: v.pipe(v.array(jid), v.minLength(1), v.maxLength(100)),
    reason: text(1024),
  }),
  /** 'accept' only takes it off the list: room.join follows. 'decline' tells who invited, where the room passes it on. */
  'invitation.answer': v.strictObject({
    invitationId: id,
    answer: v.picklist(['accept', 'decline', 'ignore']),
  }),
} as const

export interface BookmarksOutputs {
  'room.preview': RoomPreview
  'room.services': readonly RoomService[]
  'room.list': FoundRooms
  'room.search': FoundRooms
}
