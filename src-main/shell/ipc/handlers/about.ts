/** What Linnet tells of itself: its part of the table of commands. */
import type { aboutCommands } from '../../../contract/commands/about.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createAboutHandlers({
  about,
  updates,
}: HandlerTools): Pick<Handlers, keyof typeof aboutCommands> {
  return {
    'about.versions': () => about.versions(),
    'about.licences': () => about.licences(),
    'about.report': ({ addresses }) => about.report(addresses),
    'update.get': () => updates.state(),
    'update.check': () => updates.check(),
    'update.install': () => updates.install(),
  }
}
