/** What is known of messages on their way, and who types: its part of the table of commands. */
import type { receiptsCommands } from '../../../contract/commands/receipts.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createReceiptsHandlers({ app }: HandlerTools): Pick<Handlers, keyof typeof receiptsCommands> {
  return {
    'conversation.setChatState': ({ conversationId, state }) => app.setChatState(conversationId, state),
  }
}
