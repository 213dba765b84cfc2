/** How the application bends to its user: its part of the table of commands. */
import type { preferencesCommands } from '../../../contract/commands/preferences.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createPreferencesHandlers(
  tools: HandlerTools,
): Pick<Handlers, keyof typeof preferencesCommands> {
  const { app, startup, spelling } = tools
  return {
    'preferences.set': (input) => app.setPreferences(input),
    'startup.get': () => ({ enabled: startup.isEnabled() }),
    'startup.set': ({ enabled }) => {
      startup.setEnabled(enabled)
      return { enabled: startup.isEnabled() }
    },
    'spelling.languages': () => spelling.languages(),
  }
}
