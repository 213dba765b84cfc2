/** What people do with messages: corrections, retractions, reactions: plain types, and what is announced. */
import type { BareJid } from './jid.ts'
import type { Message, MessageError } from './message.ts'
import type { Author } from './room.ts'

/** What one person made of a message. */
export interface Reaction {
  /** Ours: our own address, in rooms too. */
  readonly sender: BareJid
  /** In rooms: which occupant. */
  readonly author?: Author
  /** At least one, in the order they were chosen. */
  readonly emoji: readonly string[]
}

export type MessageDeedKind = 'correction' | 'retraction' | 'reactions'

/** What we did to a message and the server does not have. */
export interface MessageDeed {
  readonly kind: MessageDeedKind
  readonly state: 'pending' | 'failed'
  /** With 'failed'. */
  readonly error?: MessageError
}

/** A room's moderator took it back for everybody (XEP-0425). */
export interface Moderated {
  /** The moderator's nick, where the room says it. */
  readonly by?: string
  readonly reason: string
}

/** What was done to a message: part of the model's Message. */
export interface Done {
  /** Epoch milliseconds: when the words that are shown were written, where they are not the first ones. */
  readonly correctedAt?: number
  /** Epoch milliseconds: its sender took it back; there are no words any more. */
  readonly retractedAt?: number
  /** With `retractedAt`. */
  readonly moderated?: Moderated
  readonly reactions?: readonly Reaction[]
  readonly deed?: MessageDeed
  /** It came without an id, so nobody can be told which message is meant. */
  readonly nameless?: true
}

/** What a message said once. */
export interface Version {
  readonly body: string
  /** Epoch milliseconds. */
  readonly writtenAt: number
  readonly unstyled?: true
}

export interface ActionsEvents {
  /** Somebody reacted to a message of ours, now; `emoji` are the new ones. */
  'reaction.received': {
    readonly message: Message
    readonly sender: BareJid
    /** In a room: which occupant. */
    readonly author?: Author
    readonly emoji: readonly string[]
  }
}
