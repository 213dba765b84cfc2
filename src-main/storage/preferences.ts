/** The preferences, among the settings. */
import { toPreferences, type Preferences } from '../model/preferences.ts'
import type { WritableDB } from './database.ts'
import type { PreferencesStorage } from './preferences.types.ts'

export function preparePreferences(db: WritableDB): PreferencesStorage {
  const one = db.prepare<[], string>("SELECT json FROM setting WHERE key = 'preferences'").pluck()
  const put = db.prepare<[string]>("INSERT OR REPLACE INTO setting (key, json) VALUES ('preferences', ?)")
  return {
    getPreferences: () => toPreferences(parse(one.get())),
    setPreferences: (preferences: Preferences) => void put.run(JSON.stringify(preferences)),
  }
}

function parse(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? '{}')
  } catch {
    return {}
  }
}
