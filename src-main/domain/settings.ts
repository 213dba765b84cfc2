/** The user's choices for the application. */
import type { CheckedInput } from '../contract/commands.ts'
import type { Settings } from '../model/settings.ts'
import type { Tools } from './tools.ts'

export function changeSettings({ storage, events }: Tools, change: CheckedInput<'settings.set'>): Settings {
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  const settings: Settings = { ...storage.getSettings(), ...Object.fromEntries(given) }
  storage.setSettings(settings)
  events.emit('settings.changed', { settings })
  return settings
}
