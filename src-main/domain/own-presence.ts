/** The user's choice of presence: kept over restarts, told to every account's server. 'offline' ends all streams. */
import type { OwnPresence } from '../model/presence.ts'
import type { Sessions } from './sessions.ts'
import type { Tools } from './tools.ts'

export function setPresence({ storage, events }: Tools, sessions: Sessions, presence: OwnPresence): void {
  const wasOffline = storage.getOwnPresence().show === 'offline'
  storage.setOwnPresence(presence)
  events.emit('presence.ownChanged', { presence })
  if (presence.show === 'offline') {
    for (const session of sessions.all()) void session.stop()
    return
  }
  for (const session of sessions.all()) session.announcePresence()
  if (wasOffline) sessions.connectAll()
}

/** Who signs in, or asks to be connected, wants to be online, whatever was chosen before. */
export function leaveOffline(tools: Tools, sessions: Sessions): void {
  const { show, status } = tools.storage.getOwnPresence()
  if (show === 'offline') setPresence(tools, sessions, { show: 'online', status })
}
