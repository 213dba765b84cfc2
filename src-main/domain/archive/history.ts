/** What a page of a conversation says of what is not here. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { MessagePage } from '../../model/message.ts'
import type { Tools } from '../tools.ts'

export function withHistory(
  { storage }: Tools,
  { conversationId, after }: CheckedInput<'conversation.page'>,
  page: MessagePage,
): MessagePage {
  const { messages } = page
  const from = messages[0]?.place ?? 0
  const { gaps, olderInArchive } = storage.historyOf(conversationId, from, messages.at(-1)?.place ?? from)
  // A page that goes on forwards says nothing of the oldest row.
  const hasOldest = after === undefined && !page.hasMore
  return {
    ...page,
    ...(gaps.length === 0 ? {} : { gaps }),
    ...(hasOldest ? { olderInArchive } : {}),
  }
}
