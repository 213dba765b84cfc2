/** Services: discovery, forms, commands, capabilities: the user's verbs. */
import type { CheckedInput, CommandName, CommandOutput } from '../../contract/commands.ts'
import { fetchDiscoInfo, fetchDiscoItems } from '../../protocol/xep-0030-service-discovery.ts'
import { fetchCommands, runCommand } from '../../protocol/xep-0050-commands.ts'
import type { Link } from '../link.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { userError, withUserErrorsAsync } from '../user-errors.ts'
import { askGateway, logIn, logOut, translate } from './gateways.ts'
import { askRegistration, register, unregister } from './registration.ts'
import type { ServicesVerbs } from './verbs.types.ts'

export function createServicesVerbs(tools: Tools, sessions: Sessions): ServicesVerbs {
  /** On the account's stream, with errors that the user has words for. */
  function online<N extends CommandName>(
    body: (link: Link, input: CheckedInput<N>) => CommandOutput<N> | Promise<CommandOutput<N>>,
  ) {
    return (input: CheckedInput<N> & { readonly accountId: number }): Promise<CommandOutput<N>> =>
      withUserErrorsAsync(async () => body(sessions.requireOnline(input.accountId), input))
  }
  return {
    fetchServiceInfo: online<'service.fetchInfo'>(({ iq }, { jid, node }) => fetchDiscoInfo(iq, jid, node)),
    fetchServiceItems: online<'service.fetchItems'>(({ iq }, { jid, node }) =>
      fetchDiscoItems(iq, jid, node),
    ),
    fetchRegistration: online<'service.fetchRegistration'>(askRegistration),
    register: online<'service.register'>(register),
    unregister: online<'service.unregister'>(unregister),
    logInToGateway: online<'service.logIn'>((link, { jid }) => logIn(tools, link, jid)),
    logOutOfGateway: online<'service.logOut'>((link, { jid }) => logOut(link, jid)),
    fetchGatewayPrompt: online<'service.fetchPrompt'>((link, { jid }) => askGateway(link, jid)),
    translateAddress: online<'service.translateAddress'>(translate),
    listCommands: online<'command.list'>(({ iq }, { jid }) => fetchCommands(iq, jid)),
    runCommand: online<'command.run'>(takeStep),
  }
}

async function takeStep(
  { iq }: Link,
  input: CheckedInput<'command.run'>,
): Promise<CommandOutput<'command.run'>> {
  const { jid: to, ...rest } = input
  const step = await runCommand(iq, { to, ...rest })
  if (step === undefined) throw userError('unreadable-answer')
  return step
}
