/** Subscription requests that wait for the user's answer, oldest first. */
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { AppState } from '../../src-main/contract/snapshot.ts'
import type { SubscriptionRequest } from '../../src-main/model/contact.ts'

export class RequestStore {
  list = $state.raw<readonly SubscriptionRequest[]>([])
  #hidden = $state.raw<readonly SubscriptionRequest[]>([])

  /** The one to point at without opening its dialog; the user may wave it away and find it in the list. */
  hinted = $derived(this.list.find((request) => !this.#hidden.includes(request)))

  #reporting = $state.raw<ReadonlySet<number>>(new Set())

  /** The account's server takes reports of who is blocked. */
  canReport(accountId: number): boolean {
    return this.#reporting.has(accountId)
  }

  find(accountId: number, jid: string): SubscriptionRequest | undefined {
    return this.list.find((request) => request.accountId === accountId && request.jid === jid)
  }

  hideHint(request: SubscriptionRequest): void {
    this.#hidden = [...this.#hidden, request]
  }

  start(state: AppState): void {
    this.#reporting = new Set(state.reporting)
    this.list = state.requests.toSorted((a, b) => a.receivedAt - b.receivedAt)
  }

  apply(event: AppEvent): void {
    if (event.name === 'reporting.learned') this.#learn(event.payload)
    if (event.name === 'subscription.requested') {
      const { request } = event.payload
      this.list = [...this.#without(request.accountId, request.jid), request]
    } else if (event.name === 'subscription.answered') {
      this.list = this.#without(event.payload.accountId, event.payload.jid)
    } else if (event.name === 'account.removed') {
      this.list = this.list.filter((request) => request.accountId !== event.payload.accountId)
    }
  }

  #learn({ accountId, reporting }: { readonly accountId: number; readonly reporting: boolean }): void {
    const next = new Set(this.#reporting)
    if (reporting) next.add(accountId)
    else next.delete(accountId)
    this.#reporting = next
  }

  #without(accountId: number, jid: string): readonly SubscriptionRequest[] {
    return this.list.filter((request) => request.accountId !== accountId || request.jid !== jid)
  }
}
