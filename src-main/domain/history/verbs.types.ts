/** The history as a whole: what the shell may call. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { ExportedConversation } from '../../model/history.ts'
import type { MessageKey, MessagePage } from '../../model/message.ts'

export interface HistoryVerbs {
  deleteHistory(input: CheckedInput<'conversation.deleteHistory'>): Promise<void>
  /** Without an id all of them. */
  listExported(conversationId: number | undefined): readonly ExportedConversation[]
  /** From the oldest message on. */
  pageExported(conversationId: number, after?: MessageKey): MessagePage
}
