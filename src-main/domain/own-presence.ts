/** The user's choice of presence: kept over restarts, told to every account's server. 'offline' ends all streams. */
import type { OwnPresence } from '../model/presence.ts'
import { automaticShow } from './availability/automatic-show.ts'
import type { Sessions } from './sessions.ts'
import type { Tools } from './tools.ts'

export function setPresence(tools: Tools, sessions: Sessions, presence: OwnPresence): void {
  const { storage, events, availability } = tools
  const before = storage.getOwnPresence()
  const wasOffline = before.show === 'offline'
  storage.setOwnPresence(presence)
  events.emit('presence.ownChanged', { presence })
  keepRecent(tools, before, presence)
  const automatic = automaticShow(presence, availability.idle)
  if (automatic !== automaticShow(before, availability.idle)) {
    events.emit('presence.automaticChanged', { automatic })
  }
  if (presence.show === 'offline') {
    for (const session of sessions.all()) void session.stop()
    return
  }
  for (const session of sessions.all()) session.announcePresence()
  if (wasOffline) sessions.connectAll()
}

/** New words are kept for the next time they fit. */
function keepRecent({ storage, events }: Tools, before: OwnPresence, { status }: OwnPresence): void {
  if (status === '' || status === before.status) return
  storage.addRecentStatus(status)
  events.emit('presence.recentChanged', { statuses: storage.listRecentStatuses() })
}

/** Who signs in, or asks to be connected, wants to be online, whatever was chosen before. */
export function leaveOffline(tools: Tools, sessions: Sessions): void {
  const { show, status } = tools.storage.getOwnPresence()
  if (show === 'offline') setPresence(tools, sessions, { show: 'online', status })
}
