/** Several accounts side by side: their part of the table of commands. */
import type { accountsCommands } from '../../../contract/commands/accounts.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createAccountsHandlers({ app }: HandlerTools): Pick<Handlers, keyof typeof accountsCommands> {
  return {
    'account.setLook': (input) => app.setAccountLook(input),
    'account.setEnabled': (input) => app.setAccountEnabled(input),
    'account.arrange': (input) => app.arrangeAccounts(input),
  }
}
