/** Tables `roster_item` and `roster_group`, and the roster version that belongs to them (RFC 6121 §2). */
import type { Contact, RosterItem, Subscription } from '../model/contact.ts'
import type { BareJid } from '../model/jid.ts'
import { inTransaction, type ReadableDB, type WritableDB } from './database.ts'

interface ContactRow {
  readonly account_id: number
  readonly jid: BareJid
  readonly name: string
  readonly subscription: Subscription
  readonly ask: number
  readonly approved: number
  /** A JSON array of names. */
  readonly groups: string
}

const SELECT = `
SELECT account_id, jid, name, subscription, ask, approved,
  (SELECT json_group_array(g.name) FROM
    (SELECT name FROM roster_group WHERE account_id = i.account_id AND jid = i.jid ORDER BY position) AS g) AS groups
FROM roster_item AS i`

export function prepareRosterReads(db: ReadableDB) {
  const all = db.prepare<[], ContactRow>(`${SELECT} ORDER BY account_id, jid`)
  const one = db.prepare<[number, BareJid], ContactRow>(`${SELECT} WHERE account_id = ? AND jid = ?`)
  const version = db
    .prepare<[number], string | null>('SELECT roster_version FROM account WHERE id = ?')
    .pluck()

  function findContact(accountId: number, jid: BareJid): Contact | undefined {
    const row = one.get(accountId, jid)
    return row && toContact(row)
  }

  return {
    listContacts: () => all.all().map(toContact),
    findContact,
    getRosterVersion: (accountId: number) => version.get(accountId) ?? undefined,
  }
}

/** Each change sets the version with it: a roster and its version never disagree after a crash. */
export function prepareRosterWrites(db: WritableDB) {
  const clear = db.prepare<[number]>('DELETE FROM roster_item WHERE account_id = ?')
  const remove = db.prepare<[number, BareJid]>('DELETE FROM roster_item WHERE account_id = ? AND jid = ?')
  const setVersion = db.prepare<[string | null, number]>('UPDATE account SET roster_version = ? WHERE id = ?')
  const putItem = prepareItem(db)

  function replaceRoster(accountId: number, items: readonly RosterItem[], version: string | undefined): void {
    clear.run(accountId)
    for (const item of items) putItem(accountId, item)
    setVersion.run(version ?? null, accountId)
  }
  function upsertRosterItem(accountId: number, item: RosterItem, version: string | undefined): void {
    putItem(accountId, item)
    setVersion.run(version ?? null, accountId)
  }
  function deleteRosterItem(accountId: number, jid: BareJid, version: string | undefined): void {
    remove.run(accountId, jid)
    setVersion.run(version ?? null, accountId)
  }

  return {
    replaceRoster: inTransaction(db, replaceRoster),
    upsertRosterItem: inTransaction(db, upsertRosterItem),
    deleteRosterItem: inTransaction(db, deleteRosterItem),
  }
}

/** Puts one item with its groups; a group named twice counts once. */
function prepareItem(db: WritableDB) {
  const upsert = db.prepare<[number, BareJid, string, Subscription, number, number]>(
    `INSERT INTO roster_item (account_id, jid, name, subscription, ask, approved) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET name = excluded.name, subscription = excluded.subscription, ask = excluded.ask,
     approved = excluded.approved`,
  )
  const clearGroups = db.prepare<[number, BareJid]>(
    'DELETE FROM roster_group WHERE account_id = ? AND jid = ?',
  )
  const insertGroup = db.prepare<[number, BareJid, string, number]>(
    'INSERT OR IGNORE INTO roster_group (account_id, jid, name, position) VALUES (?, ?, ?, ?)',
  )
  return (accountId: number, item: RosterItem): void => {
    upsert.run(accountId, item.jid, item.name, item.subscription, Number(item.ask), Number(item.approved))
    clearGroups.run(accountId, item.jid)
    item.groups.forEach((name, position) => insertGroup.run(accountId, item.jid, name, position))
  }
}

function toContact(row: ContactRow): Contact {
  return {
    accountId: row.account_id,
    jid: row.jid,
    name: row.name,
    subscription: row.subscription,
    ask: row.ask === 1,
    approved: row.approved === 1,
    groups: JSON.parse(row.groups) as string[],
  }
}
