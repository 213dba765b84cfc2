/** The contact page and the roster as a whole: what the shell may call. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { EntityTime, LastActivity, SoftwareVersion } from '../../model/entity.ts'
import type { CachedCard, ContactFile, ImportChoice, RosterOutcome } from '../../model/people.ts'

export interface PeopleVerbs {
  readContactFile(input: CheckedInput<'contact.read'>): ContactFile
  setNote(input: CheckedInput<'contact.setNote'>): void
  fetchCard(input: CheckedInput<'contact.fetchCard'>): Promise<CachedCard>
  askVersion(input: CheckedInput<'contact.fetchVersion'>): Promise<SoftwareVersion | undefined>
  askTime(input: CheckedInput<'contact.fetchTime'>): Promise<EntityTime | undefined>
  askActivity(input: CheckedInput<'contact.fetchActivity'>): Promise<LastActivity | undefined>

  moveContact(input: CheckedInput<'contact.move'>): Promise<void>
  renameGroup(input: CheckedInput<'group.rename'>): Promise<RosterOutcome>
  setFolded(input: CheckedInput<'group.setFolded'>): void

  /** The account's contacts as a file's text (docs/roster-file.md). */
  exportRoster(accountId: number): string
  /** The preview is kept until the next one, for `importRoster`. `text` is a file's, and may be anything. */
  previewImport(accountId: number, text: string): Promise<ImportChoice>
  importRoster(input: CheckedInput<'roster.import'>): Promise<RosterOutcome>
  /** What is done stays done. */
  stopRosterChange(): void
}
