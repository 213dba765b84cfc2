/** Being in rooms: what the domain may ask of the database. Passwords of rooms are never in it. */
import type { Conversation } from '../model/conversation.ts'
import type { BareJid, FullJid } from '../model/jid.ts'
import type { Message } from '../model/message.ts'
import type { Author, RoomNotify, RoomTraits } from '../model/room.ts'
import type { KnownArchive } from './archive.types.ts'

export interface StoredRoom {
  readonly conversationId: number
  readonly accountId: number
  readonly jid: BareJid
  /** The wanted one, or the one that we had last. */
  readonly nick: string
  /** The user's name for it; empty: that of the room. */
  readonly ownName: string
  readonly subject: string
  readonly subjectBy?: string
  readonly notify: RoomNotify
  /** We are in it whenever there is a stream. */
  readonly wanted: boolean
  readonly autojoin: boolean
  readonly bookmarked: boolean
  /** Ours there (XEP-0421), by which our own words are known in its archive. */
  readonly occupantId?: string
  /** As the room last described itself. */
  readonly traits?: RoomTraits
}

/** What is not given stays as it is; null takes it away. */
export type RoomChange = Partial<
  Pick<
    StoredRoom,
    'nick' | 'ownName' | 'subject' | 'notify' | 'wanted' | 'autojoin' | 'bookmarked' | 'traits'
  >
> & { readonly subjectBy?: string | null; readonly occupantId?: string | null }

export interface RoomsStorage {
  listRooms(): readonly StoredRoom[]
  findRoom(conversationId: number): StoredRoom | undefined
  findRoomAt(accountId: number, jid: BareJid): StoredRoom | undefined
  /** The conversation is a room from now on; one that is known already stays as it is. */
  insertRoom(conversationId: number, nick: string): StoredRoom
  setRoom(conversationId: number, change: RoomChange): void
  /** Unread messages that speak to us. */
  countMentions(conversationId: number): number

  findRoomArchive(conversationId: number): KnownArchive | undefined
  putRoomArchive(conversationId: number, archive: KnownArchive): void
  /** The room keeps none any more. */
  forgetRoomArchive(conversationId: number): void
  /** As beginAbsence of the account's archive: we come in, and what was said before may not be here. */
  beginRoomAbsence(conversationId: number): void
  endRoomAbsence(conversationId: number): void
  /**
   * All that was said up to now is here, live: the next catch-up goes on from the newest message that the room gave an id.
   * Nothing where no archive is known, or something may be missing.
   */
  checkpointRoom(conversationId: number): void

  /** `who`: the key of an occupant, see domain/rooms/authors.ts. */
  setIgnored(conversationId: number, who: string, ignored: boolean): void
  listIgnored(conversationId: number): readonly string[]

  /**
   * Our own message has come back from the room: it is sent, has the room's id, and stands behind what came before it.
   * Undefined when no row of ours in this conversation has one of the ids.
   */
  reflect(conversationId: number, reflection: Reflection): Message | undefined
  /** Of an own row: as whom we said it. */
  setAuthor(messageId: number, author: Author): void
  /** The message of an occupant, by its `id` or that of one of its corrections: under this occupant-id, whatever the nick. */
  findTargetById(conversationId: number, occupantId: string, id: string): Message | undefined
  /** A private conversation goes on with the occupant's new nick, unless there is one with that already. */
  renamePrivate(accountId: number, from: FullJid, to: FullJid): Conversation | undefined
  /** Who spoke last to us there, by occupant-id. */
  lastAuthorId(conversationId: number): string | undefined
  /** A moderator took it back (XEP-0425): `by` is a nick. */
  setModerated(messageId: number, moderated: { readonly by?: string; readonly reason: string }): void
}

export interface Reflection {
  readonly ids: readonly string[]
  readonly stanzaId?: string | undefined
  readonly author: Author
}
