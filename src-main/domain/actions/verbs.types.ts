/** What people do with messages: corrections, retractions, reactions: what the shell may call. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { Version } from '../../model/actions.ts'

export interface ActionsVerbs {
  /** Only an own message that was not taken back. */
  correctMessage(input: CheckedInput<'message.correct'>): void
  /** The same. One that nobody has is removed. */
  retractMessage(messageId: number): void
  reactToMessage(input: CheckedInput<'message.react'>): void
  /** Oldest first; empty where there is only one. */
  listVersions(messageId: number): readonly Version[]
  forgetMessages(messageIds: readonly number[]): void
  retryDeeds(messageId: number): void
  dropDeeds(messageId: number): void
}
