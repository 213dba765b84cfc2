/** What strangers send: its part of the table of commands. */
import type { requestsCommands } from '../../../contract/commands/requests.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createRequestsHandlers({ app }: HandlerTools): Pick<Handlers, keyof typeof requestsCommands> {
  return {
    'request.accept': ({ conversationId }) => app.acceptRequest(conversationId),
    'request.delete': ({ conversationId }) => app.deleteRequest(conversationId),
    'stranger.block': (input) => app.blockStranger(input),
  }
}
