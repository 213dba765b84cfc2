/** Who has read how far in rooms, whom the rooms are told of it, and what is hidden there. */
import type { BareJid } from '../model/jid.ts'
import type { RoomReader } from '../model/room-readers.ts'

export interface RoomMarker {
  readonly conversationId: number
  /** What the reader stays known by. */
  readonly who: string
  readonly nick: string
  readonly jid?: BareJid | undefined
  /** That the room gave. */
  readonly stanzaId: string
  readonly at: number
}

export interface RoomMarkerDue {
  readonly conversationId: number
  readonly stanzaId: string
}

export interface RoomReadersStorage {
  /** False where the message is not here, or the reader had read further already (XEP-0333 §5): nothing has changed. */
  setRoomReader(marker: RoomMarker): boolean
  /** Whoever read last first, a few dozen at most. */
  listRoomReaders(conversationId: number): readonly RoomReader[]

  /** The user sees the room: a marker is due for the newest unread message that the room gave an id. Before markRead. */
  oweRoomMarker(conversationId: number): void
  listRoomMarkersDue(accountId: number): readonly RoomMarkerDue[]
  /** The room knows that we have read up to there, by this device or another one of ours; or need not know. */
  setRoomMarkerTold(conversationId: number, stanzaId: string): void

  /** Of what is hidden in a conversation the latest thousand stay: nobody who is not heard fills the disk. */
  trimHidden(conversationId: number): void
  /**
   * Of whom the user hears again, in the room and alone through it: what was hidden is shown. `who` is a key of
   * domain/rooms/authors.ts. Gives the conversations in which there was something.
   */
  unhide(
    conversationId: number,
    who: { readonly occupantId?: string; readonly nick: string },
  ): readonly number[]
}
