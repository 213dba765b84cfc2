/** Tables `account_presence`, `blocked_address` and `recent_status`, and the rules for being away among the settings. */
import { DEFAULT_AWAY_RULES, type AccountPriority, type AwayRules } from '../model/availability.ts'
import type { Jid } from '../model/jid.ts'
import type { AvailabilityStorage } from './availability.types.ts'
import { inTransaction, type WritableDB } from './database.ts'

const MAX_RECENT = 10
const MAX_MINUTES = 1440

export function prepareAvailability(db: WritableDB): AvailabilityStorage {
  return { ...preparePriorities(db), ...prepareAwayRules(db), ...prepareRecent(db), ...prepareBlocked(db) }
}

function preparePriorities(db: WritableDB) {
  const all = db.prepare<[], AccountPriority>(
    'SELECT account_id AS accountId, priority FROM account_presence ORDER BY account_id',
  )
  const one = db
    .prepare<[number], number>('SELECT priority FROM account_presence WHERE account_id = ?')
    .pluck()
  const put = db.prepare<[AccountPriority]>(
    'INSERT OR REPLACE INTO account_presence (account_id, priority) VALUES (:accountId, :priority)',
  )
  return {
    getPriority: (accountId: number) => one.get(accountId) ?? 0,
    setPriority: (priority: AccountPriority) => void put.run(priority),
    listPriorities: () => all.all(),
  }
}

function prepareAwayRules(db: WritableDB) {
  const one = db.prepare<[], string>("SELECT json FROM setting WHERE key = 'away-rules'").pluck()
  const put = db.prepare<[string]>("INSERT OR REPLACE INTO setting (key, json) VALUES ('away-rules', ?)")
  return {
    getAwayRules: () => toAwayRules(one.get()),
    setAwayRules: (rules: AwayRules) => void put.run(JSON.stringify(rules)),
  }
}

/** What this version does not know, or was never chosen, is as at the beginning. */
function toAwayRules(json: string | undefined): AwayRules {
  const stored = parseObject(json)
  const known = Object.entries(DEFAULT_AWAY_RULES).map(([key, usual]: [string, boolean | number]) => {
    const value = stored[key]
    const fits =
      typeof usual === 'boolean'
        ? typeof value === 'boolean'
        : isMinutes(value) && (value > 0 || key === 'xaMinutes')
    return [key, fits ? value : usual] as const
  })
  return { ...DEFAULT_AWAY_RULES, ...Object.fromEntries(known) }
}

function isMinutes(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_MINUTES
}

function parseObject(json: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function prepareRecent(db: WritableDB) {
  const all = db.prepare<[], string>('SELECT text FROM recent_status ORDER BY id DESC').pluck()
  const remove = db.prepare<[string]>('DELETE FROM recent_status WHERE text = ?')
  const insert = db.prepare<[string]>('INSERT INTO recent_status (text) VALUES (?)')
  const trim = db.prepare<[number]>(
    'DELETE FROM recent_status WHERE id NOT IN (SELECT id FROM recent_status ORDER BY id DESC LIMIT ?)',
  )
  const clear = db.prepare<[]>('DELETE FROM recent_status')
  return {
    listRecentStatuses: () => all.all(),
    addRecentStatus: inTransaction(db, (text: string) => {
      remove.run(text)
      insert.run(text)
      trim.run(MAX_RECENT)
    }),
    clearRecentStatuses: () => void clear.run(),
  }
}

function prepareBlocked(db: WritableDB) {
  const all = db
    .prepare<[number], Jid>('SELECT jid FROM blocked_address WHERE account_id = ? ORDER BY jid')
    .pluck()
  const insert = db.prepare<[number, Jid]>(
    'INSERT OR IGNORE INTO blocked_address (account_id, jid) VALUES (?, ?)',
  )
  const remove = db.prepare<[number, Jid]>('DELETE FROM blocked_address WHERE account_id = ? AND jid = ?')
  const clear = db.prepare<[number]>('DELETE FROM blocked_address WHERE account_id = ?')
  return {
    listBlocked: (accountId: number) => all.all(accountId),
    replaceBlocked: inTransaction(db, (accountId: number, jids: readonly Jid[]) => {
      clear.run(accountId)
      for (const jid of jids) insert.run(accountId, jid)
    }),
    changeBlocked: inTransaction(
      db,
      (accountId: number, { added, removed }: { added: readonly Jid[]; removed: readonly Jid[] }) => {
        for (const jid of added) insert.run(accountId, jid)
        for (const jid of removed) remove.run(accountId, jid)
      },
    ),
  }
}
