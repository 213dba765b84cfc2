/** How the application bends to its user: what may be asked of the database. */
import type { Preferences } from '../model/preferences.ts'

export interface PreferencesStorage {
  getPreferences(): Preferences
  setPreferences(preferences: Preferences): void
}
