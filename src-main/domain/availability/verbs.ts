/** Availability: own presence in detail, subscriptions, blocked addresses: the user's verbs, and what a window starts with. */
import type { AvailabilityState } from '../../model/availability.ts'
import type { Sessions } from '../sessions.ts'
import { endSubscription, preApprove, revokeSubscription } from '../subscriptions.ts'
import type { Tools } from '../tools.ts'
import { withUserErrors, withUserErrorsAsync } from '../user-errors.ts'
import { automaticShow } from './automatic-show.ts'
import { setAwayRules, setIdle, setIdleSource } from './automatic.ts'
import { blockAddress, canBlock, unblockAddress } from './blocking.ts'
import { hidePresenceFrom, listDirected, showPresenceTo } from './directed.ts'
import type { AvailabilityVerbs } from './verbs.types.ts'

export function createAvailabilityVerbs(tools: Tools, sessions: Sessions): AvailabilityVerbs {
  return { ...presenceVerbs(tools, sessions), ...subscriptionVerbs(tools, sessions) }
}

type Subscriptions =
  ('endSubscription' | 'revokeSubscription' | 'preApprove') | ('block' | 'unblock' | 'unblockAll')

/** These ask the server, so they need a connection. */
function subscriptionVerbs(tools: Tools, sessions: Sessions): Pick<AvailabilityVerbs, Subscriptions> {
  const online = sessions.requireOnline
  return {
    endSubscription: ({ accountId, jid }) => endSubscription(online(accountId), jid),
    revokeSubscription: ({ accountId, jid }) =>
      withUserErrors(() => revokeSubscription(tools, online(accountId), jid)),
    preApprove: ({ accountId, jid }) => preApprove(online(accountId), jid),
    block: ({ accountId, address }) =>
      withUserErrorsAsync(async () => blockAddress(tools, online(accountId), address)),
    unblock: ({ accountId, address }) =>
      withUserErrorsAsync(async () => unblockAddress(tools, online(accountId), address)),
    unblockAll: ({ accountId }) => withUserErrorsAsync(async () => unblockAddress(tools, online(accountId))),
  }
}

function presenceVerbs(tools: Tools, sessions: Sessions): Omit<AvailabilityVerbs, Subscriptions> {
  const online = sessions.requireOnline
  return {
    setPriority: (priority) =>
      withUserErrors(() => {
        const session = sessions.get(priority.accountId)
        tools.storage.setPriority(priority)
        tools.events.emit('presence.priorityChanged', priority)
        session.announcePresence()
      }),
    setAwayRules: (rules) => withUserErrors(() => setAwayRules(tools, sessions, rules)),
    clearRecentStatuses: () =>
      withUserErrors(() => {
        tools.storage.clearRecentStatuses()
        tools.events.emit('presence.recentChanged', { statuses: [] })
      }),
    setIdle: (idle) => setIdle(tools, sessions, idle),
    setIdleSource: (works) => setIdleSource(tools, works),
    showPresenceTo: ({ accountId, jid }) =>
      withUserErrors(() => showPresenceTo(tools, online(accountId), jid)),
    hidePresenceFrom: ({ accountId, jid }) =>
      withUserErrors(() => hidePresenceFrom(tools, online(accountId), jid)),
  }
}

export function readAvailabilityState(tools: Tools): AvailabilityState {
  const { storage, availability } = tools
  const accounts = storage.listAccounts()
  return {
    priorities: storage.listPriorities(),
    automatic: automaticShow(storage.getOwnPresence(), availability.idle),
    awayRules: storage.getAwayRules(),
    idleSourceWorks: availability.idleSourceWorks,
    recentStatuses: storage.listRecentStatuses(),
    directed: accounts.map(({ id }) => ({ accountId: id, jids: listDirected(tools, id) })),
    blockLists: accounts.map(({ id }) => ({
      accountId: id,
      supported: canBlock(tools, id),
      jids: storage.listBlocked(id),
    })),
    serverAbilities: [...availability.servers].map(([accountId, { preApproval }]) => ({
      accountId,
      preApproval,
    })),
  }
}
