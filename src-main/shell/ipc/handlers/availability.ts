/** Availability: own presence in detail, subscriptions, blocked addresses: its part of the table of commands. */
import type { availabilityCommands } from '../../../contract/commands/availability.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createAvailabilityHandlers(
  _tools: HandlerTools,
): Pick<Handlers, keyof typeof availabilityCommands> {
  return {}
}
