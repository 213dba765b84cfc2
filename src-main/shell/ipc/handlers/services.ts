/** Services: discovery, forms, commands, capabilities: its part of the table of commands. */
import type { servicesCommands } from '../../../contract/commands/services.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createServicesHandlers({ app }: HandlerTools): Pick<Handlers, keyof typeof servicesCommands> {
  return {
    'service.fetchInfo': (input) => app.fetchServiceInfo(input),
    'service.fetchItems': (input) => app.fetchServiceItems(input),
    'service.fetchRegistration': (input) => app.fetchRegistration(input),
    'service.register': (input) => app.register(input),
    'service.unregister': (input) => app.unregister(input),
    'service.logIn': (input) => app.logInToGateway(input),
    'service.logOut': (input) => app.logOutOfGateway(input),
    'service.fetchPrompt': (input) => app.fetchGatewayPrompt(input),
    'service.translateAddress': (input) => app.translateAddress(input),
    'command.list': (input) => app.listCommands(input),
    'command.run': (input) => app.runCommand(input),
  }
}
