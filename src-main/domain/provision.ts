/** Accounts from a provision file (fleets, the demo, tests): as if each had been signed in from the setup screen. */
import type { Account } from '../model/account.ts'
import type { BareJid } from '../model/jid.ts'
import { connectionOf } from './connection.ts'
import { createResource, findAccountOf, parseAccountAddress } from './accounts.ts'
import type { ProvisionedAccount } from './app.types.ts'
import type { Tools } from './tools.ts'
import { userError } from './user-errors.ts'

/**
 * One that exists is updated. Returns those that are new or changed, for the caller to connect. Throws UserError
 * 'invalid-address' before anything is imported. Where the keyring is unprotected, passwords are for this run alone.
 */
export function importAccounts(tools: Tools, accounts: readonly ProvisionedAccount[]): readonly Account[] {
  const checked = accounts.map((account) => ({ account, jid: parseAccountAddress(account.address) }))
  const wrong = checked.find(({ jid }) => jid === undefined)
  if (wrong !== undefined) throw userError('invalid-address', wrong.account.address)
  return tools.storage.transaction(() =>
    checked.flatMap(({ account, jid }) => (jid === undefined ? [] : importAccount(tools, account, jid))),
  )
}

function importAccount(tools: Tools, provisioned: ProvisionedAccount, jid: BareJid): readonly Account[] {
  const { storage, secrets, events } = tools
  const { password, remember } = provisioned
  const existing = findAccountOf(tools, jid)
  // A file says nothing of these: what the user chose stays, above all a proxy, beside which nothing may go.
  const { proxy, trustedCertificate } = existing ?? {}
  const options = { ...connectionOf(provisioned), proxy, trustedCertificate, remember, enabled: true }
  if (existing !== undefined && isSame(existing, options) && secrets.getPassword(existing.id) === password)
    return []
  const account =
    existing === undefined
      ? storage.insertAccount({ jid, resource: createResource(tools.random), ...options })
      : storage.updateAccount(existing.id, { ...options, retired: undefined })
  secrets.setPassword(account.id, password, { remember, insist: false })
  events.emit(existing === undefined ? 'account.added' : 'account.changed', { account })
  return [account]
}

function isSame(account: Account, options: Omit<Account, 'id' | 'jid' | 'resource'>): boolean {
  const keys = ['host', 'port', 'security', 'webSocketUrl', 'remember', 'enabled'] as const
  const sameTransport = (account.transport ?? 'automatic') === (options.transport ?? 'automatic')
  return sameTransport && keys.every((key) => account[key] === options[key])
}
