/** Own presence in detail, who is blocked, who is shown the presence besides the subscribers, what the server can do. */
import {
  type AutomaticShow,
  type AwayRules,
  type BlockList,
  type DirectedPresence,
  type ServerAbilities,
} from '../../src-main/model/availability.ts'
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { AppState } from '../../src-main/contract/snapshot.ts'
import type { OwnPresence } from '../../src-main/model/presence.ts'

const NO_RULES: AwayRules = {
  enabled: false,
  awayMinutes: 10,
  xaMinutes: 0,
  whenLocked: false,
  tellSince: false,
}

export class AvailabilityStore {
  /** In place of what the user chose, while nobody is at the computer. */
  automatic = $state.raw<AutomaticShow | null>(null)
  awayRules = $state.raw<AwayRules>(NO_RULES)
  /** False: this desktop does not tell how long nobody touched anything. */
  idleSourceWorks = $state(true)
  /** The latest first. */
  recentStatuses = $state.raw<readonly string[]>([])
  #priorities = $state.raw<ReadonlyMap<number, number>>(new Map())
  #directed = $state.raw<ReadonlyMap<number, DirectedPresence['jids']>>(new Map())
  #blockLists = $state.raw<ReadonlyMap<number, BlockList>>(new Map())
  #servers = $state.raw<ReadonlyMap<number, ServerAbilities>>(new Map())
  /** For looking up: a list may be long, and each row of the roster asks. */
  #blocked = $derived(
    new Map([...this.#blockLists].map(([accountId, { jids }]) => [accountId, new Set<string>(jids)])),
  )

  priorityOf(accountId: number): number {
    return this.#priorities.get(accountId) ?? 0
  }

  isShownTo(accountId: number, jid: string): boolean {
    return this.#directed.get(accountId)?.some((one) => one === jid) ?? false
  }

  blockListOf(accountId: number): BlockList {
    return this.#blockLists.get(accountId) ?? { accountId, supported: false, jids: [] }
  }

  canBlock(accountId: number): boolean {
    return this.blockListOf(accountId).supported
  }

  canPreApprove(accountId: number): boolean {
    return this.#servers.get(accountId)?.preApproval ?? false
  }

  /** The entry that blocks a bare JID: itself or its whole domain; undefined when it is not blocked. */
  blockingEntry(accountId: number, jid: string): string | undefined {
    const list = this.#blocked.get(accountId)
    return [jid, jid.slice(jid.indexOf('@') + 1)].find((one) => list?.has(one))
  }

  /** What others see now, of what was chosen. */
  effective(chosen: OwnPresence['show']): OwnPresence['show'] {
    return this.automatic ?? chosen
  }

  start(state: AppState): void {
    this.automatic = state.automatic
    this.awayRules = state.awayRules
    this.idleSourceWorks = state.idleSourceWorks
    this.recentStatuses = state.recentStatuses
    this.#priorities = new Map(state.priorities.map(({ accountId, priority }) => [accountId, priority]))
    this.#directed = new Map(state.directed.map(({ accountId, jids }) => [accountId, jids]))
    this.#blockLists = byAccount(state.blockLists)
    this.#servers = byAccount(state.serverAbilities)
  }

  apply(event: AppEvent): void {
    switch (event.name) {
      case 'presence.automaticChanged':
        this.automatic = event.payload.automatic
        break
      case 'presence.awayRulesChanged':
        this.awayRules = event.payload.rules
        break
      case 'presence.idleSourceChanged':
        this.idleSourceWorks = event.payload.works
        break
      case 'presence.recentChanged':
        this.recentStatuses = event.payload.statuses
        break
      case 'presence.priorityChanged':
        this.#priorities = new Map(this.#priorities).set(event.payload.accountId, event.payload.priority)
        break
      case 'presence.directedChanged':
        this.#directed = new Map(this.#directed).set(event.payload.accountId, event.payload.jids)
        break
      case 'server.learned':
        this.#servers = new Map(this.#servers).set(event.payload.accountId, event.payload)
        break
      case 'blocking.changed':
        this.#applyBlocking(event.payload)
        break
    }
  }

  #applyBlocking(change: Extract<AppEvent, { name: 'blocking.changed' }>['payload']): void {
    const { accountId, supported, replaced, added, removed } = change
    const before = replaced ? [] : this.blockListOf(accountId).jids
    const jids = new Set([...before, ...added])
    for (const jid of removed) jids.delete(jid)
    const list: BlockList = { accountId, supported, jids: [...jids].sort() }
    this.#blockLists = new Map(this.#blockLists).set(accountId, list)
  }
}

function byAccount<T extends { readonly accountId: number }>(values: readonly T[]): ReadonlyMap<number, T> {
  return new Map(values.map((value) => [value.accountId, value]))
}
