/** What is read from rooms (XEP-0045), as plain data: every word in it is the room's or an occupant's. */
import type { BareJid, Jid } from '../../model/jid.ts'
import type { DataForm } from '../../model/form.ts'
import type { Affiliation, Role } from '../../model/room.ts'
import type { RoomStatus } from './statuses.ts'

/** Who did something to somebody, by the room's word. */
export interface Actor {
  readonly nick?: string
  readonly jid?: Jid
}

/** What a room tells of an occupant, or of us. */
export interface Occupancy {
  readonly affiliation: Affiliation
  readonly role: Role
  /** The real address, where we may know it. */
  readonly jid?: Jid
  /** Of 'nick-changed': the new one. */
  readonly nick?: string
  readonly actor?: Actor
  /** Empty when none was given. */
  readonly reason: string
  /** In the order of their numbers, none twice. */
  readonly statuses: readonly RoomStatus[]
  readonly destroyed?: Destruction
}

/** The end of a room (XEP-0045 §10.9). */
export interface Destruction {
  /** Where it goes on. */
  readonly alternative?: BareJid
  /** Of that room. */
  readonly password?: string
  readonly reason: string
}

/** Why an occupant is there no more. */
export type Departure =
  | { readonly kind: 'renamed'; readonly nick: string }
  | ({ readonly kind: 'destroyed' } & Destruction)
  | {
      readonly kind:
        'left' | 'banned' | 'kicked' | 'affiliation-removed' | 'members-only' | 'shutdown' | 'technical'
      readonly actor?: Actor
      readonly reason: string
    }

/** Why a room was not entered (XEP-0045 §7.2.17). `text` is the room's own words, not to be trusted; may be empty. */
export type JoinError =
  | { readonly kind: 'gone'; readonly alternative?: BareJid; readonly text: string }
  | { readonly kind: 'refused'; readonly condition: string; readonly text: string }
  | { readonly kind: JoinErrorKind; readonly text: string }

export type JoinErrorKind =
  /** It is needed, or wrong. */
  | 'password-required'
  | 'banned'
  /** We are not on the list. */
  | 'members-only'
  | 'nick-taken'
  /** The room wants another, such as the one that is reserved for us. */
  | 'nick-not-allowed'
  | 'nick-malformed'
  /** There is no such room, and we may not make one. */
  | 'creation-restricted'
  /** There is no such room, or its owner has not opened it yet. */
  | 'not-found-or-locked'
  | 'full'
  /** No rooms at this address, or it cannot be entered now. */
  | 'unavailable'
  /** Its server is not to be reached. */
  | 'unreachable'

/** Somebody asks us to come (XEP-0045 §7.8, XEP-0249). Everything in it is foreign word. */
export interface ParsedInvitation {
  readonly room: BareJid
  /** 'room': it was the room that told us, of an inviter whom it names; 'direct': the sender of the message is the inviter. */
  readonly via: 'room' | 'direct'
  readonly inviter?: Jid
  readonly reason: string
  readonly password?: string
  /** It goes on with a conversation of two; empty where its thread is not named. */
  readonly continues?: string
}

/** Somebody whom we invited does not want to come (XEP-0045 §7.8.2), by the room's word. */
export interface Declination {
  readonly room: BareJid
  readonly invitee?: Jid
  readonly reason: string
}

/** An entry of a room's lists (XEP-0045 §9). */
export interface AffiliationEntry {
  readonly jid: Jid
  readonly affiliation: Affiliation
  /** Reserved for this address. */
  readonly nick?: string
  readonly reason: string
}

/** An occupant in a list by role (XEP-0045 §8.5). */
export interface RoleEntry {
  readonly nick: string
  readonly role: Role
  readonly affiliation: Affiliation
  readonly jid?: Jid
}

/** Somebody wants to be heard or to belong; the moderators or admins are asked (XEP-0045 §8.6, §9.9). */
export interface RoomRequest {
  readonly room: BareJid
  readonly kind: 'voice' | 'registration'
  readonly nick?: string
  readonly jid?: Jid
  /** What the answer is made of, and what else the asker says. */
  readonly form: DataForm
}
