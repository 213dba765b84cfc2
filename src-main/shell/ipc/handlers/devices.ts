/** Own devices: what is read, pinned, muted and put away on one is so on all: its part of the table of commands. */
import type { devicesCommands } from '../../../contract/commands/devices.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createDevicesHandlers({ app }: HandlerTools): Pick<Handlers, keyof typeof devicesCommands> {
  return {
    'conversation.pin': (input) => app.pinConversation(input),
    'conversation.mute': (input) => app.muteConversation(input),
    'conversation.putAway': (input) => app.putAwayConversation(input),
  }
}
