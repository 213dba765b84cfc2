/** Table `account`: who signs in, how to connect, and what is remembered of the server. */
import type { Account, ConnectionOptions, ProxyOptions, Security } from '../model/account.ts'
import { ACCOUNT_COLORS, type AccountColor } from '../model/accounts.ts'
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
  readonly label: string
  readonly color: string
  readonly retired: number
  readonly proxy_kind: ProxyOptions['kind'] | null
  readonly proxy_host: string | null
  readonly proxy_port: number | null
  readonly proxy_username: string | null
  readonly trusted_certificate: string | null
}

const COLUMNS = `id, jid, enabled, host, port, security, transport, web_socket_url, resource, remember, label, color,
  retired, proxy_kind, proxy_host, proxy_port, proxy_username, trusted_certificate`
const ONE = `SELECT ${COLUMNS} FROM account WHERE id = ?`

export function prepareAccountReads(db: ReadableDB) {
  const all = db.prepare<[], AccountRow>(`SELECT ${COLUMNS} FROM account ORDER BY position, id`)
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
    `INSERT INTO account (jid, enabled, host, port, security, transport, web_socket_url, resource, remember, label,
       color, retired, proxy_kind, proxy_host, proxy_port, proxy_username, trusted_certificate, position)
     VALUES (:jid, :enabled, :host, :port, :security, :transport, :web_socket_url, :resource, :remember, :label,
       :color, :retired, :proxy_kind, :proxy_host, :proxy_port, :proxy_username, :trusted_certificate, (SELECT coalesce(max(position) + 1, 0) FROM account))
     RETURNING ${COLUMNS}`,
  )
  const update = db.prepare<[AccountRow], AccountRow>(
    `UPDATE account SET enabled = :enabled, host = :host, port = :port, security = :security, transport = :transport,
     web_socket_url = :web_socket_url, resource = :resource, remember = :remember, label = :label, color = :color,
     retired = :retired, proxy_kind = :proxy_kind, proxy_host = :proxy_host, proxy_port = :proxy_port,
     proxy_username = :proxy_username, trusted_certificate = :trusted_certificate WHERE id = :id RETURNING ${COLUMNS}`,
  )
  const remove = db.prepare<[number]>('DELETE FROM account WHERE id = ?')
  const empty = db.prepare<[number, number]>(
    `DELETE FROM message WHERE id IN (
       SELECT message.id FROM conversation JOIN message ON message.conversation_id = conversation.id
       WHERE conversation.account_id = ? LIMIT ?)`,
  )
  const setMechanism = db.prepare<[string, number]>('UPDATE account SET strongest_mechanism = ? WHERE id = ?')

  const colors = db.prepare<[], string>('SELECT color FROM account').pluck()

  function insertAccount(account: NewAccount): Account {
    const color = account.color ?? freeColor(colors.all())
    return toAccount(got(insert.get(toRow({ ...account, color }))))
  }

  function updateAccount(accountId: number, change: AccountChange): Account {
    const before = one.get(accountId)
    if (before === undefined) throw new StorageError('other', `no account ${accountId}`)
    return toAccount(got(update.get({ id: accountId, ...toRow({ ...toAccount(before), ...change }) })))
  }

  return {
    insertAccount: inTransaction(db, insertAccount),
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

/** One that no account has, as long as there is one. */
function freeColor(taken: readonly string[]): AccountColor {
  return ACCOUNT_COLORS.find((color) => !taken.includes(color)) ?? colorAt(taken.length)
}

function colorAt(index: number): AccountColor {
  return ACCOUNT_COLORS[index % ACCOUNT_COLORS.length] ?? ACCOUNT_COLORS[0]
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
    ...toProxy(row),
    ...(row.trusted_certificate === null ? {} : { trustedCertificate: row.trusted_certificate }),
    resource: row.resource,
    remember: row.remember === 1,
    ...(row.label === '' ? {} : { label: row.label }),
    color: ACCOUNT_COLORS.find((color) => color === row.color) ?? colorAt(row.id - 1),
    ...(row.retired === 1 ? { retired: true } : {}),
  }
}

/** Half a proxy is none in no case: nothing may go beside it, so it can't be left out either. */
function toProxy(row: AccountRow): Pick<ConnectionOptions, 'proxy'> {
  const { proxy_kind: kind, proxy_host: host, proxy_port: port, proxy_username: username } = row
  if (kind === null) return {}
  return { proxy: { kind, host: host ?? '', port: port ?? 0, ...(username === null ? {} : { username }) } }
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
    label: account.label ?? '',
    color: account.color ?? ACCOUNT_COLORS[0],
    retired: Number(account.retired ?? false),
    proxy_kind: account.proxy?.kind ?? null,
    proxy_host: account.proxy?.host ?? null,
    proxy_port: account.proxy?.port ?? null,
    proxy_username: account.proxy?.username ?? null,
    trusted_certificate: account.trustedCertificate ?? null,
  }
}
