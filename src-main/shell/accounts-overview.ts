/** Of the accounts: what tray and notifications need to know, kept up to date from the domain's events. */
import type { AppState } from '../contract/snapshot.ts'
import type { App } from '../domain/app.types.ts'
import type { Account, ConnectionState } from '../model/account.ts'
import { accountName } from '../model/accounts.ts'
import type { OwnPresence } from '../model/presence.ts'
import type { TrayAccount } from './tray/accounts-menu.ts'

export interface AccountsOverview {
  list(common: OwnPresence, connections: ReadonlyMap<number, ConnectionState>): readonly TrayAccount[]
  nameOf(accountId: number): string | undefined
  presenceOf(accountId: number): OwnPresence | undefined
}

/** `keep` tells listeners after what it is given has run. */
export function createAccountsOverview(
  { events }: Pick<App, 'events'>,
  state: AppState,
  keep: <P>(apply: (payload: P) => void) => (payload: P) => void,
): AccountsOverview {
  let accounts = state.accounts
  const presences = new Map(state.accountPresences.map(({ accountId, presence }) => [accountId, presence]))
  const put = (account: Account): void => {
    const index = accounts.findIndex(({ id }) => id === account.id)
    accounts = index < 0 ? [...accounts, account] : accounts.with(index, account)
  }
  const placeIn = (accountIds: readonly number[], { id }: Account): number => accountIds.indexOf(id)

  events.on(
    'account.added',
    keep(({ account }) => put(account)),
  )
  events.on(
    'account.changed',
    keep(({ account }) => put(account)),
  )
  // Who keeps the connections tells listeners of this one.
  events.on('account.removed', ({ accountId }) => {
    accounts = accounts.filter(({ id }) => id !== accountId)
    presences.delete(accountId)
  })
  events.on(
    'account.arranged',
    keep(({ accountIds }) => {
      accounts = [...accounts].sort((a, b) => placeIn(accountIds, a) - placeIn(accountIds, b))
    }),
  )
  events.on(
    'presence.accountChanged',
    keep(({ accountId, presence }) => {
      if (presence === null) presences.delete(accountId)
      else presences.set(accountId, presence)
    }),
  )

  return {
    list: (common, connections) =>
      accounts
        .filter(({ enabled, retired }) => enabled && !retired)
        .map((account) => {
          const connection = connections.get(account.id)
          return {
            ...{ id: account.id, name: accountName(account) },
            chosen: (presences.get(account.id) ?? common).show,
            online: connection?.phase === 'online',
            failed: hasFailed(connection),
          }
        }),
    nameOf(accountId) {
      const account = accounts.length > 1 ? accounts.find(({ id }) => id === accountId) : undefined
      return account && accountName(account)
    },
    presenceOf: (accountId) => presences.get(accountId),
  }
}

function hasFailed(connection: ConnectionState | undefined): boolean {
  if (connection?.phase === 'waiting') return true
  return (
    connection?.phase === 'offline' &&
    connection.problem !== undefined &&
    connection.problem.code !== 'cancelled'
  )
}
