/** Replies, forwarded and pinned messages: its part of the table of commands. */
import type { repliesCommands } from '../../../contract/commands/replies.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createRepliesHandlers({ app }: HandlerTools): Pick<Handlers, keyof typeof repliesCommands> {
  return {
    'message.sendToMany': (input) => app.sendToMany(input),
    'message.setPinned': ({ messageId, pinned }) => app.setPinned(messageId, pinned),
    'message.listPinned': ({ conversationId }) => app.listPinned(conversationId),
  }
}
