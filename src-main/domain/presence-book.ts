/** Who is there: presences of contacts in memory, by account, address and resource, announced in batches. */
import type { BareJid } from '../model/jid.ts'
import { SHOWS, type ContactPresence, type ResourcePresence } from '../model/presence.ts'
import type { Events } from './app.types.ts'

/** A log-in brings a presence of every contact at once: one event for each frame on the screen is enough. */
const BATCH_MS = 16
/** More devices than anybody has; beyond it a contact would only fill our memory. */
const MAX_RESOURCES = 32

/** What capabilities (XEP-0115) tell of a device. */
export type Abilities = Pick<ResourcePresence, 'client' | 'offersCommands'>

type Resources = Map<string, ResourcePresence>

export interface PresenceBook {
  list(): readonly ContactPresence[]
  /** The devices of the contact that are there. */
  resources(accountId: number, jid: BareJid): readonly string[]
  /** Whether this device of the contact is there. */
  has(accountId: number, jid: BareJid, resource: string): boolean
  setAvailable(accountId: number, jid: BareJid, presence: ResourcePresence): void
  /** What a device that is there turned out to be and do. */
  setAbilities(accountId: number, jid: BareJid, resource: string, abilities: Abilities): void
  /** Without a resource: the whole address is gone. */
  setUnavailable(accountId: number, jid: BareJid, resource: string | undefined): void
  /** The stream has ended: we know of nobody any more. */
  clear(accountId: number): void
  /** The account is gone, and with it all there was to announce. */
  forget(accountId: number): void
  /** Announces what waits for its batch. */
  flush(): void
}

export function createPresenceBook(events: Events): PresenceBook {
  const accounts = new Map<number, Map<BareJid, Resources>>()
  const changed = new Map<number, Set<BareJid>>()
  let timer: NodeJS.Timeout | undefined

  function touch(accountId: number, jid: BareJid): void {
    changed.set(accountId, (changed.get(accountId) ?? new Set()).add(jid))
    timer ??= setTimeout(flush, BATCH_MS)
  }

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const presences = [...changed].flatMap(([accountId, jids]) =>
      [...jids].map((jid) => snapshot(accountId, jid, accounts.get(accountId)?.get(jid))),
    )
    changed.clear()
    if (presences.length > 0) events.emit('presence.changed', { presences })
  }

  function resourcesOf(accountId: number, jid: BareJid): Resources {
    const book = accounts.get(accountId) ?? new Map<BareJid, Resources>()
    accounts.set(accountId, book)
    const resources = book.get(jid) ?? new Map<string, ResourcePresence>()
    book.set(jid, resources)
    return resources
  }

  return {
    list: () =>
      [...accounts].flatMap(([id, book]) => [...book].map(([jid, each]) => snapshot(id, jid, each))),
    resources: (accountId, jid) => [...(accounts.get(accountId)?.get(jid)?.keys() ?? [])],
    has: (accountId, jid, resource) => accounts.get(accountId)?.get(jid)?.has(resource) ?? false,
    setAvailable(accountId, jid, presence) {
      const resources = resourcesOf(accountId, jid)
      if (resources.size >= MAX_RESOURCES && !resources.has(presence.resource)) return
      resources.set(presence.resource, presence)
      touch(accountId, jid)
    },
    setAbilities(accountId, jid, resource, abilities) {
      const resources = accounts.get(accountId)?.get(jid)
      const presence = resources?.get(resource)
      if (presence === undefined) return
      resources?.set(resource, { ...presence, ...abilities })
      touch(accountId, jid)
    },
    setUnavailable(accountId, jid, resource) {
      const book = accounts.get(accountId)
      const resources = book?.get(jid)
      if (book === undefined || resources === undefined) return
      if (resource === undefined) resources.clear()
      else if (!resources.delete(resource)) return
      if (resources.size === 0) book.delete(jid)
      touch(accountId, jid)
    },
    clear(accountId) {
      for (const jid of accounts.get(accountId)?.keys() ?? []) touch(accountId, jid)
      accounts.delete(accountId)
    },
    forget(accountId) {
      accounts.delete(accountId)
      changed.delete(accountId)
    },
    flush,
  }
}

function snapshot(accountId: number, jid: BareJid, resources: Resources | undefined): ContactPresence {
  return { accountId, jid, resources: [...(resources?.values() ?? [])].sort(byPreference) }
}

/** RFC 6121 §4.7.2.3: the priority says whom to reach first; among equals the most willing one. */
function byPreference(one: ResourcePresence, other: ResourcePresence): number {
  return other.priority - one.priority || SHOWS.indexOf(one.show) - SHOWS.indexOf(other.show)
}
