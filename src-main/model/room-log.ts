/** What happens to the people of a room while we are in it. It is kept for this run alone, and is no part of the history. */
import type { Affiliation, Role } from './room.ts'

/** When people who come and go are told: nowhere, in small rooms, or in all. */
export const ROOM_COMINGS = ['never', 'small', 'always'] as const
export type RoomComings = (typeof ROOM_COMINGS)[number]

interface Told {
  /** Counts up within a room. */
  readonly id: number
  /** Epoch milliseconds. */
  readonly at: number
  /** The nick at that time; of 'renamed' the one before. Of 'declined' what is known of who was invited. */
  readonly nick: string
  /** Stays the same for one person, as far as the room lets us know. */
  readonly who: string
  /** It is about us. */
  readonly own?: true
}

/** By whom and why: the words of others. */
interface Forced {
  readonly actor?: string
  readonly reason?: string
}

export type Happening = Told &
  (
    | { readonly kind: 'joined' | 'left' }
    | { readonly kind: 'renamed'; readonly to: string }
    | { readonly kind: 'role'; readonly role: Role }
    | { readonly kind: 'affiliation'; readonly affiliation: Affiliation }
    /** removed: for being no member, or no longer. */
    | ({ readonly kind: 'kicked' | 'banned' | 'removed' } & Forced)
    /** An invitation of ours, or of another (XEP-0045 §7.8.2). */
    | { readonly kind: 'declined'; readonly reason?: string }
  )

export type HappeningKind = Happening['kind']

export interface RoomLogEvents {
  /** At most ten times a second, and only of rooms that we are in. */
  'room.happened': { readonly conversationId: number; readonly happenings: readonly Happening[] }
}
