/** The user's choices for the application. */
import type { CheckedInput } from '../contract/commands.ts'
import type { Settings } from '../model/settings.ts'
import { syncArchive } from './archive/sync.ts'
import type { Sessions } from './sessions.ts'
import type { Tools } from './tools.ts'

/** Each is a feature of its own (protocol/own-features.ts). */
const FEATURES = [
  ...(['tellVersion', 'tellTime', 'tellIdle'] as const),
  ...(['tellDelivered', 'tellDisplayed', 'tellTyping'] as const),
]

/** What contacts may learn is among our features, so they are told anew when that changes (XEP-0115 §6.2). */
export function changeSettings(
  tools: Tools,
  sessions: Sessions,
  change: CheckedInput<'settings.set'>,
): Settings {
  const { storage, events } = tools
  const before = storage.getSettings()
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  const settings: Settings = { ...before, ...Object.fromEntries(given) }
  storage.setSettings(settings)
  events.emit('settings.changed', { settings })
  if (FEATURES.some((key) => settings[key] !== before[key])) {
    for (const session of sessions.all()) session.announcePresence()
  }
  if (settings.historyLimit !== before.historyLimit) {
    for (const link of sessions.all().flatMap((session) => session.online() ?? [])) syncArchive(tools, link)
  }
  return settings
}
