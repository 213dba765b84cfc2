/** The contact page and the roster as a whole: what the renderer may ask for. */
import * as v from 'valibot'
import type { EntityTime, LastActivity, SoftwareVersion } from '../../model/entity.ts'
import type { CachedCard, ContactFile, ImportChoice, RosterOutcome } from '../../model/people.ts'
import { contact, id, jid, nothing, text } from '../fields.ts'

/** A page of notes; more belongs elsewhere. */
export const MAX_NOTE_LENGTH = 20_000

/** As the server keeps it, which may be longer and stranger than what can be typed. */
const group = v.pipe(text(1024), v.nonEmpty())
const typedGroup = v.pipe(text(256), v.trim(), v.nonEmpty())
const device = v.strictObject({ accountId: id, jid, resource: text(1023) })

export const peopleCommands = {
  /** What is kept on this computer of an address, contact or not. */
  'contact.read': contact,
  'contact.setNote': v.strictObject({ accountId: id, jid, note: text(MAX_NOTE_LENGTH) }),
  /** Asks the server of the address for the vCard, and keeps it. */
  'contact.fetchCard': contact,
  /** Each of these answers undefined where the other side does not tell, or may not be asked. */
  'contact.fetchVersion': device,
  'contact.fetchTime': device,
  /** Without a resource: since when nobody is there. */
  'contact.fetchActivity': v.strictObject({ accountId: id, jid, resource: v.optional(text(1023)) }),

  /** Out of one group, where `from` names it, into another; without `to` out of all. */
  'contact.move': v.strictObject({ accountId: id, jid, from: v.optional(group), to: v.optional(typedGroup) }),
  'group.rename': v.strictObject({ accountId: id, from: group, to: typedGroup }),
  /** The empty name stands for contacts without a group. */
  'group.setFolded': v.strictObject({ group: text(1024), folded: v.boolean() }),

  /** Asks for a file and writes the roster into it; false when the user thought better of it. */
  'roster.export': v.strictObject({ accountId: id }),
  /** Asks for a file and says what importing it would do. */
  'roster.chooseImport': v.strictObject({ accountId: id }),
  /** Of the latest preview. */
  'roster.import': v.strictObject({ importId: id, ask: v.boolean() }),
  /** Ends the change of many contacts that is under way; what is done stays done. */
  'roster.stop': nothing,
} as const

/** Answers of these commands; one that is not named answers nothing. */
export interface PeopleOutputs {
  'contact.read': ContactFile
  'contact.fetchCard': CachedCard
  'contact.fetchVersion': SoftwareVersion | undefined
  'contact.fetchTime': EntityTime | undefined
  'contact.fetchActivity': LastActivity | undefined
  'group.rename': RosterOutcome
  'roster.export': boolean
  'roster.chooseImport': ImportChoice
  'roster.import': RosterOutcome
}
