/** Who has read how far in a room that is small enough for it (XEP-0333). */
import type { BareJid } from './jid.ts'

export interface RoomReader {
  readonly nick: string
  /** The real address, where the room shows it. */
  readonly jid?: BareJid
  /** The newest message that they have displayed, with all before it. */
  readonly messageId: number
  /** Epoch milliseconds. */
  readonly at: number
}

export interface RoomReadersEvents {
  /** These are all, whoever read last first. */
  'room.readersChanged': { readonly conversationId: number; readonly readers: readonly RoomReader[] }
}
