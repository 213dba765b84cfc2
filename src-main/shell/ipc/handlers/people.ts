/** The contact page and the roster as a whole: its part of the table of commands. */
import type { peopleCommands } from '../../../contract/commands/people.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createPeopleHandlers(_tools: HandlerTools): Pick<Handlers, keyof typeof peopleCommands> {
  return {}
}
