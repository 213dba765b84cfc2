/** How the application bends to its user: what the shell may call. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { Preferences } from '../../model/preferences.ts'

export interface PreferencesVerbs {
  setPreferences(change: CheckedInput<'preferences.set'>): Preferences
}
