/** How an account is connected: the user's verbs. Each takes effect at once, on a connection made anew. */
import type { Account } from '../../model/account.ts'
import type { AccountChange } from '../../storage/storage.ts'
import { wantsStream } from '../accounts/presence-of.ts'
import { connectionOf } from '../connection.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { userError, withUserErrors } from '../user-errors.ts'
import type { ConnectionsVerbs } from './verbs.types.ts'

export function createConnectionsVerbs(tools: Tools, sessions: Sessions): ConnectionsVerbs {
  const { storage, events, secrets } = tools

  function getAccount(accountId: number): Account {
    const account = storage.findAccount(accountId)
    if (account === undefined || account.retired) throw userError('not-found')
    return account
  }

  function change(accountId: number, changed: AccountChange): void {
    events.emit('account.changed', { account: storage.updateAccount(accountId, changed) })
    const session = sessions.get(accountId)
    void session.stop()
    if (wantsStream(tools, accountId)) session.connect()
  }

  return {
    setConnection: ({ accountId, resource, proxyPassword, ...where }) =>
      withUserErrors(() => {
        const { trustedCertificate } = getAccount(accountId)
        if (where.proxy?.username === undefined) secrets.set(accountId, 'proxy', undefined)
        else if (proxyPassword !== undefined) secrets.set(accountId, 'proxy', proxyPassword)
        change(accountId, { ...connectionOf(where), resource, trustedCertificate })
      }),
    trustCertificate: ({ accountId, fingerprint }) =>
      withUserErrors(() => {
        getAccount(accountId)
        const state = sessions.get(accountId).state()
        const problem = state.phase === 'waiting' || state.phase === 'offline' ? state.problem : undefined
        if (problem?.certificate?.fingerprint !== fingerprint) throw userError('not-found')
        change(accountId, { trustedCertificate: fingerprint })
      }),
    forgetCertificate: ({ accountId }) =>
      withUserErrors(() => {
        getAccount(accountId)
        change(accountId, { trustedCertificate: undefined })
      }),
  }
}
