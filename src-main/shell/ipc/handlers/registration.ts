/** Accounts on their servers: their part of the table of commands. */
import type { registrationCommands } from '../../../contract/commands/registration.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

type Names = keyof typeof registrationCommands

export function createRegistrationHandlers({ app }: HandlerTools): Pick<Handlers, Names> {
  return {
    'servers.list': () => app.serverList(),
    'servers.update': () => app.updateServerList(),
    'registration.begin': (input) => app.beginRegistration(input),
    'registration.renew': () => app.renewRegistration(),
    'registration.submit': (input) => app.submitRegistration(input),
    'registration.cancel': () => app.cancelRegistration(),
    'account.changePassword': (input) => app.changePassword(input),
    'account.deleteOnServer': (input) => app.deleteOnServer(input),
  }
}
