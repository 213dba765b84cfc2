/** The own name and picture: its part of the table of commands. */
import type { profileCommands } from '../../../contract/commands/profile.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createProfileHandlers({ app }: HandlerTools): Pick<Handlers, keyof typeof profileCommands> {
  return {
    'profile.read': ({ accountId }) => app.readProfile(accountId),
    'profile.setName': (input) => app.setOwnName(input),
    'profile.setPicture': (input) => app.setOwnPicture(input),
    'profile.setAudience': (input) => app.setAudience(input),
  }
}
