/** The contact page and the roster as a whole: plain types, what is announced, and what a window starts with. */
import type { BareJid } from './jid.ts'

export type CardKind = 'home' | 'work' | 'mobile' | 'fax'

export interface CardValue {
  /** Absent where the owner said none that we tell apart. */
  readonly kind?: CardKind
  readonly value: string
}

/** What somebody tells of themselves (XEP-0054, XEP-0292): their own word, bounded, to be shown as text. No pictures. */
export interface VCard {
  /** Formatted, or put together from its parts; empty when there is none. */
  readonly fullName: string
  readonly nicknames: readonly string[]
  readonly emails: readonly CardValue[]
  readonly phones: readonly CardValue[]
  readonly organizations: readonly string[]
  /** Title and role. */
  readonly titles: readonly string[]
  /** As it was written, mostly `1985-04-12`; empty when there is none. */
  readonly birthday: string
  readonly urls: readonly string[]
  /** Several lines each. */
  readonly addresses: readonly CardValue[]
  readonly note: string
}

export interface CachedCard {
  /** Null: asked for, and there is none that we may see. */
  readonly card: VCard | null
  /** Epoch milliseconds. */
  readonly fetchedAt: number
}

/** What is kept here of an address, whether it is a contact or not. */
export interface ContactFile {
  /** The user's own words; they never leave this computer. */
  readonly note: string
  readonly card?: CachedCard
}

/** A contact as a roster file has it. */
export interface RosterFileItem {
  readonly jid: BareJid
  readonly name: string
  readonly groups: readonly string[]
}

/** Why a file is not imported. */
export type RosterFileRefusal =
  | 'too-large'
  | 'too-many' // contacts
  | 'not-a-roster'
  | 'malformed' // JSON or XML that breaks off
  | 'newer' // written by a later Linnet
  | 'empty'
  | 'unreadable' // the disk says no

export interface UnreadableEntry {
  /** Its place among the entries of the file, from 1. */
  readonly position: number
  /** What stood where an address should; may be empty. */
  readonly text: string
}

/** What importing a file would do. */
export interface ImportPreview {
  readonly importId: number
  readonly added: readonly RosterFileItem[]
  /** As they will be: a file adds names and groups and takes none away. */
  readonly changed: readonly RosterFileItem[]
  readonly unchangedCount: number
  /** The first of them; `unreadableCount` counts all. */
  readonly unreadable: readonly UnreadableEntry[]
  readonly unreadableCount: number
}

export type ImportChoice =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly reason: RosterFileRefusal }
  | { readonly kind: 'preview'; readonly preview: ImportPreview }

export interface FailedChange {
  readonly jid: BareJid
  /** The technical line: a condition, perhaps with the server's words. */
  readonly detail: string
}

/** How a change of many contacts ended. What was neither done nor failed was stopped before. */
export interface RosterOutcome {
  readonly total: number
  readonly done: number
  readonly failed: readonly FailedChange[]
}

export interface PeopleEvents {
  /** A change of many contacts goes on. */
  'roster.progressed': { readonly done: number; readonly total: number }
  'group.foldedChanged': { readonly folded: readonly string[] }
}

export interface PeopleState {
  /** Groups that the user has folded, by name; the empty name stands for contacts without a group. */
  readonly foldedGroups: readonly string[]
}
