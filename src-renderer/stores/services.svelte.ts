/** The services browser: where the user is, was and can go again, and what each place said. */
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { Client } from '../bridge.ts'
import type { NavigationStore } from './navigation.svelte.ts'
import { Visit, type Place } from './visit.svelte.ts'

export type { Place } from './visit.svelte.ts'

/** Places remembered with what they said. */
const MAX_VISITS = 40
const MAX_HISTORY = 200

export class ServicesStore {
  #history = $state.raw<readonly Place[]>([])
  #at = $state(-1)
  readonly #visits = new Map<string, Visit>()

  constructor(
    private readonly client: Client,
    private readonly navigation: NavigationStore,
  ) {}

  canGoBack = $derived(this.#at > 0)
  canGoForward = $derived(this.#at < this.#history.length - 1)

  /** Shows a place, and asks it unless that was done already. */
  open(place: Place): void {
    const now = this.#history[this.#at]
    if (now === undefined || keyOf(now) !== keyOf(place)) {
      this.#history = [...this.#history.slice(0, this.#at + 1), place].slice(-MAX_HISTORY)
      this.#at = this.#history.length - 1
    }
    this.#show(place)
  }

  back(): void {
    this.#go(-1)
  }

  forward(): void {
    this.#go(1)
  }

  /** What the place said; asked for once. */
  visitOf(place: Place): Visit {
    const key = keyOf(place)
    const visit = this.#visits.get(key) ?? new Visit(this.client, place)
    this.#visits.delete(key)
    this.#visits.set(key, visit)
    const [oldest] = this.#visits.keys()
    if (this.#visits.size > MAX_VISITS && oldest !== undefined) this.#visits.delete(oldest)
    return visit
  }

  apply(event: AppEvent): void {
    if (event.name === 'account.removed') {
      this.#history = []
      this.#at = -1
      this.#visits.clear()
    }
  }

  #go(by: 1 | -1): void {
    const place = this.#history[this.#at + by]
    if (place === undefined) return
    this.#at += by
    this.#show(place)
  }

  #show(place: Place): void {
    this.navigation.showPage({ kind: 'service', ...place })
  }
}

function keyOf({ accountId, jid, node }: Place): string {
  return JSON.stringify([accountId, jid, node])
}
