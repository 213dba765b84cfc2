/** Several accounts side by side: the user's verbs, and what a window starts with. */
import type { Account } from '../../model/account.ts'
import type { AccountsState } from '../../model/accounts.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { userError, withUserErrors } from '../user-errors.ts'
import { wantsStream } from './presence-of.ts'
import type { AccountsVerbs } from './verbs.types.ts'

export function createAccountsVerbs(tools: Tools, sessions: Sessions): AccountsVerbs {
  const { storage, events } = tools

  /** One that is only history is never switched on: who wants it back signs in. */
  function getActive(accountId: number): Account {
    const account = storage.findAccount(accountId)
    if (account === undefined || account.retired) throw userError('not-found')
    return account
  }

  return {
    setAccountLook: ({ accountId, label, color }) =>
      withUserErrors(() => {
        if (storage.findAccount(accountId) === undefined) throw userError('not-found')
        events.emit('account.changed', { account: storage.updateAccount(accountId, { label, color }) })
      }),
    setAccountEnabled: ({ accountId, enabled }) =>
      withUserErrors(() => {
        if (getActive(accountId).enabled === enabled) return
        events.emit('account.changed', { account: storage.updateAccount(accountId, { enabled }) })
        const session = sessions.get(accountId)
        if (!enabled) void session.stop()
        else if (wantsStream(tools, accountId)) session.connect()
      }),
    arrangeAccounts: ({ accountIds }) =>
      withUserErrors(() => {
        storage.arrangeAccounts(accountIds)
        events.emit('account.arranged', { accountIds: storage.listAccounts().map(({ id }) => id) })
      }),
  }
}

export function readAccountsState({ storage }: Tools): AccountsState {
  return { accountPresences: storage.listAccountPresences() }
}
