/** The accounts, how each is connected, and the sign-in that is under way. */
import type { Account, ConnectionState, ConnectionStep } from '../../src-main/model/account.ts'
import type { AppState } from '../../src-main/contract/snapshot.ts'
import type { OwnPresence } from '../../src-main/model/presence.ts'
import type { AppEvent } from '../../src-main/contract/events.ts'

const OFFLINE: ConnectionState = { phase: 'offline' }

export class AccountStore {
  list = $state.raw<readonly Account[]>([])
  #connections = $state.raw<ReadonlyMap<number, ConnectionState>>(new Map())
  /** The newest step of the sign-in from the setup screen; the screen clears it when it starts one. */
  signInStep = $state.raw<ConnectionStep | undefined>(undefined)

  /** Those that can be used: switched on, and not only history. In the user's order. */
  usable = $derived(this.list.filter(({ enabled, retired }) => enabled && !retired))
  /** Whether conversations of different accounts stand side by side, so that each has to say whose it is. */
  several = $derived(this.list.length > 1)
  /** Where nothing else says which one. */
  first = $derived(this.usable[0] ?? this.list.find(({ retired }) => !retired) ?? this.list[0])
  #presences = $state.raw<ReadonlyMap<number, OwnPresence>>(new Map())

  find(accountId: number): Account | undefined {
    return this.list.find((account) => account.id === accountId)
  }

  connectionOf(accountId: number): ConnectionState {
    return this.#connections.get(accountId) ?? OFFLINE
  }

  /** What the user calls it, else its address; empty for one that is gone. */
  nameOf(accountId: number): string {
    const account = this.find(accountId)
    return account?.label ?? account?.jid ?? ''
  }

  /** A presence of its own; undefined: it follows what holds for all. */
  presenceOf(accountId: number): OwnPresence | undefined {
    return this.#presences.get(accountId)
  }

  start(state: AppState): void {
    this.list = state.accounts
    this.#presences = new Map(state.accountPresences.map(({ accountId, presence }) => [accountId, presence]))
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
      case 'account.arranged':
        this.list = arranged(this.list, event.payload.accountIds)
        break
      case 'presence.accountChanged': {
        const { accountId, presence } = event.payload
        const presences = new Map(this.#presences)
        if (presence === null) presences.delete(accountId)
        else presences.set(accountId, presence)
        this.#presences = presences
        break
      }
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

function arranged(list: readonly Account[], accountIds: readonly number[]): readonly Account[] {
  const places = new Map(accountIds.map((id, place) => [id, place]))
  const placeOf = ({ id }: Account): number => places.get(id) ?? accountIds.length
  return [...list].sort((a, b) => placeOf(a) - placeOf(b))
}
