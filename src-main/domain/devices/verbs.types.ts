/** Own devices: what is read, pinned, muted and put away on one is so on all: what the shell may call. */

import type { CheckedInput } from '../../contract/commands.ts'

export interface DevicesVerbs {
  /** A window of ours can be looked at, or none can. */
  setVisible(visible: boolean): void
  pinConversation(input: CheckedInput<'conversation.pin'>): void
  muteConversation(input: CheckedInput<'conversation.mute'>): void
  putAwayConversation(input: CheckedInput<'conversation.putAway'>): void
}
