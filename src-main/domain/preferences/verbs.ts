/** How the application bends to its user: the user's verb, and what a window starts with. */
import { toPreferences, type PreferencesState } from '../../model/preferences.ts'
import type { Tools } from '../tools.ts'
import { withUserErrors } from '../user-errors.ts'
import type { PreferencesVerbs } from './verbs.types.ts'

export function createPreferencesVerbs({ storage, events }: Tools): PreferencesVerbs {
  return {
    setPreferences: (change) =>
      withUserErrors(() => {
        const given = Object.entries(change).filter(([, value]) => value !== undefined)
        const preferences = toPreferences({ ...storage.getPreferences(), ...Object.fromEntries(given) })
        storage.setPreferences(preferences)
        events.emit('preferences.changed', { preferences })
        return preferences
      }),
  }
}

export function readPreferencesState({ storage }: Tools): PreferencesState {
  return { preferences: storage.getPreferences() }
}
