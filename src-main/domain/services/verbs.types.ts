/** Services: discovery, forms, commands, capabilities: what the shell may call. All of it needs a connection. */
import type { CheckedInput, CommandName, CommandOutput } from '../../contract/commands.ts'

type Verb<N extends CommandName> = (input: CheckedInput<N>) => Promise<CommandOutput<N>>

export interface ServicesVerbs {
  fetchServiceInfo: Verb<'service.fetchInfo'>
  fetchServiceItems: Verb<'service.fetchItems'>
  fetchRegistration: Verb<'service.fetchRegistration'>
  register: Verb<'service.register'>
  unregister: Verb<'service.unregister'>
  logInToGateway: Verb<'service.logIn'>
  logOutOfGateway: Verb<'service.logOut'>
  fetchGatewayPrompt: Verb<'service.fetchPrompt'>
  translateAddress: Verb<'service.translateAddress'>
  listCommands: Verb<'command.list'>
  runCommand: Verb<'command.run'>
}
