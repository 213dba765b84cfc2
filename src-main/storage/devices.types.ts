/** Own devices: what is read, pinned, muted and put away on one is so on all: what the domain may ask of the database. */
import type { ChatKeeping } from '../model/devices.ts'
import type { BareJid } from '../model/jid.ts'

export interface DisplayedMark {
  /** All devices have displayed the chat up to the message that the archive gave this id. */
  readonly stanzaId?: string
  /** Read here, and the other devices are still to be told. */
  readonly due: boolean
}

/** A message that the archive gave an id. */
export interface MarkedMessage {
  readonly id: number
  readonly place: number
  readonly stanzaId: string
}

export interface DevicesStorage {
  getDisplayedMark(accountId: number, counterpart: BareJid): DisplayedMark
  setDisplayedMark(accountId: number, counterpart: BareJid, stanzaId: string): void
  setDisplayedDue(accountId: number, counterpart: BareJid, due: boolean): void
  listDisplayedDue(accountId: number): readonly BareJid[]
  findByStanzaId(conversationId: number, stanzaId: string): MarkedMessage | undefined
  /** The newest one of theirs that is read. */
  findNewestRead(conversationId: number): MarkedMessage | undefined
  /** Marks as read what is not, this one and all before it; how many these were. */
  markReadUpTo(conversationId: number, message: MarkedMessage): number

  /** What is not given stays as it is. */
  setKeeping(conversationId: number, keeping: Partial<ChatKeeping>): void
  /** When the next mute ends, in epoch milliseconds; undefined: none does. */
  nextMuteEnd(): number | undefined
  /** Ends those that are over; the conversations that were. */
  endMutes(now: number): readonly number[]
}
