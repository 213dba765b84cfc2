/** The contact list of an account to a file and from one; the main process asks for the file. */
import { errorDataOf } from '../../bridge.ts'
import type { Linnet } from '../../stores/linnet.svelte.ts'

/** With several accounts it is asked first whose list that is. */
export function rosterFile(linnet: Linnet, action: 'import' | 'export'): void {
  const [account, ...others] = linnet.accounts.usable
  if (others.length > 0) linnet.navigation.dialog = { kind: 'roster-file', action }
  else if (account !== undefined) void takeRoster(linnet, account.id, action)
}

/** Nothing changes with an import yet: its dialog shows what would. */
export async function takeRoster(
  linnet: Linnet,
  accountId: number,
  action: 'import' | 'export',
): Promise<void> {
  if (action === 'export') return void (await linnet.attempt('roster.export', { accountId }))
  try {
    const choice = await linnet.client.invoke('roster.chooseImport', { accountId })
    if (choice.kind !== 'cancelled') linnet.navigation.dialog = { kind: 'import-roster', accountId, choice }
  } catch (error) {
    linnet.failure = errorDataOf(error)
  }
}
