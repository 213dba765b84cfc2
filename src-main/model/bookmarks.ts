/** Finding and keeping rooms: invitations, directories, bookmarks: plain types, what is announced, what a window starts with. */
import type { BareJid, Jid } from './jid.ts'
import type { RoomTraits } from './room.ts'

/** Somebody wants us in a room (XEP-0045 §7.8, XEP-0249). Nothing is joined until the user says so. */
export interface Invitation {
  readonly id: number
  readonly accountId: number
  readonly room: BareJid
  /** Who invites: the room's word for it, or the sender itself; undefined: the room does not say. */
  readonly from?: Jid
  readonly reason: string
  readonly password?: string
  readonly receivedAt: number
}

/** What can be known of a room without being in it. */
export interface RoomPreview {
  readonly jid: BareJid
  readonly traits: RoomTraits
  /** The nick that is registered with it, or the one that we would take. */
  readonly nick: string
}

export interface FoundRoom {
  readonly jid: BareJid
  readonly name: string
  readonly description?: string
  readonly occupantCount?: number
  readonly language?: string
  readonly open?: boolean
}

export interface FoundRooms {
  readonly rooms: readonly FoundRoom[]
  /** Give it back to have the next page; undefined: there is none. */
  readonly next?: string
  readonly total?: number
}

/** A service with rooms, or one that searches in those of many (XEP-0433). */
export interface RoomService {
  readonly jid: BareJid
  readonly name: string
  readonly kind: 'rooms' | 'search'
}

export interface BookmarksEvents {
  'invitation.received': { readonly invitation: Invitation }
  'invitation.answered': { readonly invitationId: number }
}

export interface BookmarksState {
  readonly invitations: readonly Invitation[]
}
