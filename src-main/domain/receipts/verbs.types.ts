/** What is known of messages on their way, and who types: what the shell may call. */
import type { ChatState } from '../../model/receipts.ts'

export interface ReceiptsVerbs {
  /** What the user does with a conversation; told if the counterpart may know it and takes part. */
  setChatState(conversationId: number, state: ChatState): void
}
