/** A conversation: our thread with one counterpart, in a room, or with one occupant of a room. */
import type { BareJid } from './jid.ts'
import type { MessageState } from './message.ts'

/** private: with one occupant of a room, through the room (XEP-0045 §7.5). */
export type ConversationKind = 'chat' | 'room' | 'private'

export interface LastMessage {
  readonly body: string
  /** As in Message: then the words are not for a list to show. */
  readonly spoiler?: string
  readonly direction: 'in' | 'out'
  /** In rooms, and in private conversations there: the nick of who says it. */
  readonly author?: string
  readonly sentAt: number
  readonly state: MessageState
  /** Its sender took it back. */
  readonly retracted?: true
}

export interface Conversation {
  readonly id: number
  readonly accountId: number
  readonly kind: ConversationKind
  /** The other address; of a room, and of a private conversation in one, the room's. */
  readonly counterpart: BareJid
  /** Of 'private': the occupant's nick. */
  readonly nick?: string
  readonly last?: LastMessage
  readonly unreadCount: number
  /** Where the unread line stands; absent when all is read. */
  readonly firstUnreadId?: number
  readonly draft: string
  /** Epoch milliseconds, newest first in the list: last message, or when it was opened. */
  readonly activeAt: number
  /** Present when it is: at the top of the list; silent, until then; out of the list, since then (devices.ts). */
  readonly pinnedAt?: number
  readonly mutedUntil?: number
  readonly putAwayAt?: number
  /** A stranger began it, and the user has not taken it yet (requests.ts). */
  readonly request?: true
  /** Pictures of links that are sent here are loaded without asking. */
  readonly alwaysLinkPictures?: true
}
