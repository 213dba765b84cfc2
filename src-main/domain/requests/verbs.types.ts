/** What strangers send: what the shell may call. */
import type { CheckedInput } from '../../contract/commands.ts'

export interface RequestsVerbs {
  acceptRequest(conversationId: number): void
  /** Throws UserError 'not-found' for what does not wait. */
  deleteRequest(conversationId: number): void
  /** Throws UserError: 'offline', 'not-supported', 'invalid-address' for what would cut us off from ourselves. */
  blockStranger(input: CheckedInput<'stranger.block'>): Promise<void>
}
