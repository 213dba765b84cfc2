/** Table `account`: who signs in, how to connect, and what is remembered of the server. */
import type { Account, ConnectionOptions, Security } from '../model/account.ts'
import type { BareJid } from '../model/jid.ts'
import { inTransaction, type ReadableDB, type WritableDB } from './database.ts'
import { StorageError, type AccountChange, type NewAccount } from './storage.ts'

interface AccountRow {
  readonly id: number
  readonly jid: BareJid
  readonly enabled: number
  readonly host: string | null
  readonly port: number | null
  readonly security: Security
  readonly transport: NonNullable<ConnectionOptions['transport']>
  readonly web_socket_url: string | null
  readonly resource: string
  readonly remember: number
}

const COLUMNS = 'id, jid, enabled, host, port, security, transport, web_socket_url, resource, remember'
const ONE = `SELECT ${COLUMNS} FROM account WHERE id = ?`

export function prepareAccountReads(db: ReadableDB) {
  const all = db.prepare<[], AccountRow>(`SELECT ${COLUMNS} FROM account ORDER BY id`)
  const one = db.prepare<[number], AccountRow>(ONE)
  const mechanism = db
    .prepare<[number], string | null>('SELECT strongest_mechanism FROM account WHERE id = ?')
    .pluck()
  return {
    listAccounts: () => all.all().map(toAccount),
    findAccount: (accountId: number) => {
      const row = one.get(accountId)
      return row && toAccount(row)
    },
    getStrongestMechanism: (accountId: number) => mechanism.get(accountId) ?? undefined,
  }
}

export function prepareAccountWrites(db: WritableDB) {
  const one = db.prepare<[number], AccountRow>(ONE)
  const insert = db.prepare<[Omit<AccountRow, 'id'>], AccountRow>(
    `INSERT INTO account (jid, enabled, host, port, security, transport, web_socket_url, resource, remember)
     VALUES (:jid, :enabled, :host, :port, :security, :transport, :web_socket_url, :resource, :remember)
     RETURNING ${COLUMNS}`,
  )
  const update = db.prepare<[AccountRow], AccountRow>(
    `UPDATE account SET enabled = :enabled, host = :host, port = :port, security = :security, transport = :transport,
     web_socket_url = :web_socket_url, resource = :resource, remember = :remember WHERE id = :id RETURNING ${COLUMNS}`,
  )
  const remove = db.prepare<[number]>('DELETE FROM account WHERE id = ?')
  const empty = db.prepare<[number, number]>(
    `DELETE FROM message WHERE id IN (
       SELECT message.id FROM conversation JOIN message ON message.conversation_id = conversation.id
       WHERE conversation.account_id = ? LIMIT ?)`,
  )
  const setMechanism = db.prepare<[string, number]>('UPDATE account SET strongest_mechanism = ? WHERE id = ?')

  function updateAccount(accountId: number, change: AccountChange): Account {
    const before = one.get(accountId)
    if (before === undefined) throw new StorageError('other', `no account ${accountId}`)
    return toAccount(got(update.get({ id: accountId, ...toRow({ ...toAccount(before), ...change }) })))
  }

  return {
    insertAccount: (account: NewAccount) => toAccount(got(insert.get(toRow(account)))),
    updateAccount: inTransaction(db, updateAccount),
    deleteAccount: (accountId: number) => void remove.run(accountId),
    deleteSomeMessages: (accountId: number, most: number) => empty.run(accountId, most).changes,
    setStrongestMechanism: (accountId: number, name: string) => void setMechanism.run(name, accountId),
  }
}

/** A statement with RETURNING gives its row or has thrown. */
function got<T>(row: T | undefined): T {
  if (row === undefined) throw new StorageError('other', 'a row was not returned')
  return row
}

function toAccount(row: AccountRow): Account {
  return {
    id: row.id,
    jid: row.jid,
    enabled: row.enabled === 1,
    ...(row.host === null ? {} : { host: row.host }),
    ...(row.port === null ? {} : { port: row.port }),
    security: row.security,
    ...(row.transport === 'automatic' ? {} : { transport: row.transport }),
    ...(row.web_socket_url === null ? {} : { webSocketUrl: row.web_socket_url }),
    resource: row.resource,
    remember: row.remember === 1,
  }
}

function toRow(account: NewAccount): Omit<AccountRow, 'id'> {
  return {
    jid: account.jid,
    enabled: Number(account.enabled),
    host: account.host ?? null,
    port: account.port ?? null,
    security: account.security,
    transport: account.transport ?? 'automatic',
    web_socket_url: account.webSocketUrl ?? null,
    resource: account.resource,
    remember: Number(account.remember),
  }
}
