/** Who is meant by a message (XEP-0513). */
import type { Jid } from './jid.ts'

/** All of a room, of a space, of a server, or those with a role, an affiliation or a hat. */
export const MENTION_GROUPS = [
  'channel',
  'space',
  'server',
  'moderators',
  'participants',
  'visitors',
  'owner',
  'admin',
  'member',
  'none',
  'hats',
] as const
export type MentionGroup = (typeof MENTION_GROUPS)[number]

/** Either a group or one person: an occupant by id, or, where the room has no such ids, an address. */
export interface Mention {
  readonly group?: MentionGroup
  /** Which room, space, server or hat; absent: the room itself. */
  readonly uri?: string
  readonly occupantId?: string
  readonly jid?: Jid
  /** Which words of the body speak of them: code points from `begin` up to, not including, `end`. */
  readonly range?: { readonly begin: number; readonly end: number }
  /** The body in this language is meant by `range`. */
  readonly lang?: string
  /** Only whoever is active just now is to be told. */
  readonly activeOnly?: true
  /** Nobody is to be told. */
  readonly silent?: true
}
