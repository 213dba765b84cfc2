/** The archive (XEP-0313): catching up, older history, gaps: what the shell may call. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { ArchivePreferences, OlderHistory } from '../../model/archive.ts'

export interface ArchiveVerbs {
  /** Rejects with UserError: 'offline', 'not-found', 'not-supported' without an archive. */
  loadOlder(input: CheckedInput<'archive.loadOlder'>): Promise<OlderHistory>
  fetchOriginal(messageId: number): Promise<number | undefined>
  archivePreferences(accountId: number): Promise<ArchivePreferences | undefined>
  setArchivePreferences(input: CheckedInput<'archive.setPreferences'>): Promise<ArchivePreferences>
}
