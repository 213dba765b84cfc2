/** What people do with messages: corrections, retractions, reactions: their part of the table of commands. */
import type { actionsCommands } from '../../../contract/commands/actions.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createActionsHandlers({ app }: HandlerTools): Pick<Handlers, keyof typeof actionsCommands> {
  return {
    'message.correct': (input) => app.correctMessage(input),
    'message.versions': ({ messageId }) => app.listVersions(messageId),
    'message.retract': ({ messageId }) => app.retractMessage(messageId),
    'message.react': (input) => app.reactToMessage(input),
    'message.forget': ({ messageIds }) => app.forgetMessages(messageIds),
    'message.retryDeeds': ({ messageId }) => app.retryDeeds(messageId),
    'message.dropDeeds': ({ messageId }) => app.dropDeeds(messageId),
  }
}
