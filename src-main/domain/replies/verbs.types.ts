/** Replies, forwarded and pinned messages: what the shell may call. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { Message } from '../../model/message.ts'

export interface RepliesVerbs {
  sendToMany(input: CheckedInput<'message.sendToMany'>): void
  setPinned(messageId: number, pinned: boolean): void
  /** The one pinned last first. */
  listPinned(conversationId: number): readonly Message[]
}
