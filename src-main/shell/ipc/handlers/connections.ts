/** How an account is connected: its part of the table of commands. */
import type { connectionsCommands } from '../../../contract/commands/connections.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

type Names = keyof typeof connectionsCommands

export function createConnectionsHandlers({ app }: HandlerTools): Pick<Handlers, Names> {
  return {
    'account.setConnection': (input) => app.setConnection(input),
    'account.trustCertificate': (input) => app.trustCertificate(input),
    'account.forgetCertificate': (input) => app.forgetCertificate(input),
  }
}
