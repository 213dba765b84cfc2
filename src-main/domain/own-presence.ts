/** The user's choice of presence, for all accounts or for one: kept over restarts, told to servers. 'offline' ends streams. */
import type { OwnPresence } from '../model/presence.ts'
import { presenceOf, wantsStream } from './accounts/presence-of.ts'
import { automaticShow } from './availability/automatic-show.ts'
import type { Sessions } from './sessions.ts'
import type { Tools } from './tools.ts'

/** For all accounts: none keeps one of its own. */
export function setPresence(tools: Tools, sessions: Sessions, { show, status }: OwnPresence): void {
  const { storage, events, availability } = tools
  const presence: OwnPresence = { show, status }
  const before = storage.getOwnPresence()
  const change = followChange(tools, sessions)
  storage.setOwnPresence(presence)
  events.emit('presence.ownChanged', { presence })
  for (const { accountId } of storage.listAccountPresences()) forgetOwn(tools, accountId)
  keepRecent(tools, before, presence)
  const automatic = automaticShow(presence, availability.idle)
  if (automatic !== automaticShow(before, availability.idle)) {
    events.emit('presence.automaticChanged', { automatic })
  }
  change.follow()
}

/** For one account; what holds for all is as good as nothing of its own. */
export function setAccountPresence(
  tools: Tools,
  sessions: Sessions,
  accountId: number,
  { show, status }: OwnPresence,
): void {
  const { storage, events } = tools
  sessions.get(accountId)
  const common = storage.getOwnPresence()
  const before = presenceOf(tools, accountId)
  const change = followChange(tools, sessions)
  if (show === common.show && status === common.status) forgetOwn(tools, accountId)
  else {
    storage.setAccountPresence(accountId, { show, status })
    events.emit('presence.accountChanged', { accountId, presence: { show, status } })
  }
  keepRecent(tools, before, { show, status })
  change.follow()
}

function forgetOwn({ storage, events }: Tools, accountId: number): void {
  if (storage.getAccountPresence(accountId) === undefined) return
  storage.setAccountPresence(accountId, undefined)
  events.emit('presence.accountChanged', { accountId, presence: null })
}

/** Ends, begins or tells what has changed for each account since this was called. */
function followChange(tools: Tools, sessions: Sessions): { follow(): void } {
  const before = sessions.all().map((session) => {
    return { session, presence: presenceOf(tools, session.accountId) }
  })
  return {
    follow() {
      for (const { session, presence } of before) {
        const { show, status } = presenceOf(tools, session.accountId)
        if (show === 'offline') void session.stop()
        else if (presence.show === 'offline') {
          if (wantsStream(tools, session.accountId)) session.connect()
        } else if (show !== presence.show || status !== presence.status) session.announcePresence()
      }
    },
  }
}

/** New words are kept for the next time they fit. */
function keepRecent({ storage, events }: Tools, before: OwnPresence, { status }: OwnPresence): void {
  if (status === '' || status === before.status) return
  storage.addRecentStatus(status)
  events.emit('presence.recentChanged', { statuses: storage.listRecentStatuses() })
}

/**
 * Who signs in, or asks to be connected, wants to be online, whatever was chosen before. Other accounts stay as they are:
 * with several, this one alone leaves what holds for all.
 */
export function leaveOffline(tools: Tools, sessions: Sessions, accountId: number): void {
  const { storage } = tools
  const common = storage.getOwnPresence()
  if (presenceOf(tools, accountId).show !== 'offline') return
  if (common.show !== 'offline') return setAccountPresence(tools, sessions, accountId, common)
  const isAlone = storage.listAccounts().every(({ id, enabled }) => id === accountId || !enabled)
  const online: OwnPresence = { show: 'online', status: common.status }
  if (isAlone) setPresence(tools, sessions, online)
  else setAccountPresence(tools, sessions, accountId, online)
}
