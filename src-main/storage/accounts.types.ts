/** Several accounts side by side: what the domain may ask of the database. */
import type { AccountPresence } from '../model/accounts.ts'
import type { OwnPresence } from '../model/presence.ts'

export interface AccountsStorage {
  /** Each account's place is that of its id here; those that are left out come after them as they stood. */
  arrangeAccounts(accountIds: readonly number[]): void
  /** Undefined: it follows what holds for all. */
  getAccountPresence(accountId: number): OwnPresence | undefined
  setAccountPresence(accountId: number, presence: OwnPresence | undefined): void
  listAccountPresences(): readonly AccountPresence[]
}
