/** Own devices: what is read, pinned, muted and put away on one is so on all: the user's verbs. */
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { withUserErrors } from '../user-errors.ts'
import { setVisible } from './client-state.ts'
import { pinConversation, putAwayConversation } from './keeping.ts'
import { createMutes } from './mutes.ts'
import type { DevicesVerbs } from './verbs.types.ts'

export function createDevicesVerbs(tools: Tools, sessions: Sessions): DevicesVerbs {
  const mutes = createMutes(tools)
  return {
    setVisible: (visible) => setVisible(tools, sessions, visible),
    pinConversation: (input) => withUserErrors(() => pinConversation(tools, input)),
    muteConversation: (input) => withUserErrors(() => mutes.mute(input)),
    putAwayConversation: (input) => withUserErrors(() => putAwayConversation(tools, input)),
  }
}
