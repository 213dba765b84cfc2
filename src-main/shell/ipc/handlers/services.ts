/** Services: discovery, forms, commands, capabilities: its part of the table of commands. */
import type { servicesCommands } from '../../../contract/commands/services.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createServicesHandlers(_tools: HandlerTools): Pick<Handlers, keyof typeof servicesCommands> {
  return {}
}
