/** The contact list to a file and from one; the main process asks for the file. */
import { errorDataOf } from '../../bridge.ts'
import type { Linnet } from '../../stores/linnet.svelte.ts'

export async function exportRoster(linnet: Linnet): Promise<void> {
  const account = linnet.accounts.first
  if (account !== undefined) await linnet.attempt('roster.export', { accountId: account.id })
}

/** Nothing changes yet: the dialog shows what would. */
export async function importRoster(linnet: Linnet): Promise<void> {
  const account = linnet.accounts.first
  if (account === undefined) return
  try {
    const choice = await linnet.client.invoke('roster.chooseImport', { accountId: account.id })
    if (choice.kind !== 'cancelled') linnet.navigation.dialog = { kind: 'import-roster', choice }
  } catch (error) {
    linnet.failure = errorDataOf(error)
  }
}
