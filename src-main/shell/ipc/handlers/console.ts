/** The XML console: its part of the table of commands. */
import type { consoleCommands } from '../../../contract/commands/console.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createConsoleHandlers(_tools: HandlerTools): Pick<Handlers, keyof typeof consoleCommands> {
  return {}
}
