/** Several accounts side by side: what the shell may call. */
import type { CheckedInput } from '../../contract/commands.ts'

export interface AccountsVerbs {
  /** Its name and colour. Throws UserError 'not-found'. */
  setAccountLook(input: CheckedInput<'account.setLook'>): void
  /** Off: signs out at once. On: connects, unless the user's presence for it is offline. Throws UserError 'not-found'. */
  setAccountEnabled(input: CheckedInput<'account.setEnabled'>): void
  arrangeAccounts(input: CheckedInput<'account.arrange'>): void
}
