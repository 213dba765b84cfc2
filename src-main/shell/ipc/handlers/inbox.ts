/** Single messages (RFC 6121 type normal) and notices: headlines and errors that answer nothing: its part of the table of commands. */
import type { inboxCommands } from '../../../contract/commands/inbox.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createInboxHandlers(_tools: HandlerTools): Pick<Handlers, keyof typeof inboxCommands> {
  return {}
}
