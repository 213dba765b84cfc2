/** The accounts, how each is connected, and the sign-in that is under way. */
import type { Account, ConnectionState, ConnectionStep } from '../../src-main/model/account.ts'
import type { AppState } from '../../src-main/contract/snapshot.ts'
import type { AppEvent } from '../../src-main/contract/events.ts'

const OFFLINE: ConnectionState = { phase: 'offline' }

export class AccountStore {
  list = $state.raw<readonly Account[]>([])
  #connections = $state.raw<ReadonlyMap<number, ConnectionState>>(new Map())
  /** The newest step of the sign-in from the setup screen; the screen clears it when it starts one. */
  signInStep = $state.raw<ConnectionStep | undefined>(undefined)

  /** The one that this version's screens show. */
  first = $derived(this.list[0])

  find(accountId: number): Account | undefined {
    return this.list.find((account) => account.id === accountId)
  }

  connectionOf(accountId: number): ConnectionState {
    return this.#connections.get(accountId) ?? OFFLINE
  }

  start(state: AppState): void {
    this.list = state.accounts
    this.#connections = new Map(
      state.connections.map((connection) => [connection.accountId, connection.state]),
    )
  }

  apply(event: AppEvent): void {
    switch (event.name) {
      case 'account.added':
      case 'account.changed':
        this.list = upserted(this.list, event.payload.account)
        break
      case 'account.removed':
        this.list = this.list.filter((account) => account.id !== event.payload.accountId)
        break
      case 'connection.changed':
        this.#connections = new Map(this.#connections).set(event.payload.accountId, event.payload.state)
        break
      case 'signIn.progressed':
        this.signInStep = event.payload.step
        break
    }
  }
}

function upserted(list: readonly Account[], account: Account): readonly Account[] {
  const index = list.findIndex((known) => known.id === account.id)
  return index < 0 ? [...list, account] : list.with(index, account)
}
