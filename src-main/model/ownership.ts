/** Caring for a room: who belongs to it and how it is set up: plain types. */
import type { BareJid } from './jid.ts'
import type { Affiliation } from './room.ts'

/** One on the room's lists; `jid` may be a whole domain. */
export interface Affiliated {
  readonly jid: BareJid
  readonly affiliation: Affiliation
  readonly nick?: string
  readonly reason?: string
}

export interface AffiliatedList {
  readonly entries: readonly Affiliated[]
  /** There are more than are read. */
  readonly truncated?: true
}

/** group: private, members only, addresses seen; channel: public, anybody may join, addresses hidden. */
export const ROOM_PRESETS = ['group', 'channel'] as const
export type RoomPreset = (typeof ROOM_PRESETS)[number]
