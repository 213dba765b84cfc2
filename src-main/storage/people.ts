/** Tables `contact_note`, `contact_card` and `folded_group`: what is kept of people beyond roster and messages. */
import type { BareJid } from '../model/jid.ts'
import type { CachedCard, VCard } from '../model/people.ts'
import { inTransaction, type WritableDB } from './database.ts'
import type { PeopleStorage } from './people.types.ts'

interface CardRow {
  readonly json: string
  readonly fetched_at: number
}

export function preparePeople(db: WritableDB): PeopleStorage {
  return { ...prepareNotes(db), ...prepareCards(db), ...prepareFolded(db) }
}

function prepareNotes(db: WritableDB): Pick<PeopleStorage, 'getNote' | 'setNote'> {
  const get = db
    .prepare<[number, BareJid], string>('SELECT note FROM contact_note WHERE account_id = ? AND jid = ?')
    .pluck()
  const put = db.prepare<[number, BareJid, string]>(
    'INSERT OR REPLACE INTO contact_note (account_id, jid, note) VALUES (?, ?, ?)',
  )
  const remove = db.prepare<[number, BareJid]>('DELETE FROM contact_note WHERE account_id = ? AND jid = ?')
  return {
    getNote: (accountId, jid) => get.get(accountId, jid) ?? '',
    setNote(accountId, jid, note) {
      if (note === '') remove.run(accountId, jid)
      else put.run(accountId, jid, note)
    },
  }
}

function prepareCards(db: WritableDB): Pick<PeopleStorage, 'findCard' | 'setCard'> {
  const find = db.prepare<[number, BareJid], CardRow>(
    'SELECT json, fetched_at FROM contact_card WHERE account_id = ? AND jid = ?',
  )
  const put = db.prepare<[number, BareJid, string, number]>(
    'INSERT OR REPLACE INTO contact_card (account_id, jid, json, fetched_at) VALUES (?, ?, ?, ?)',
  )
  return {
    findCard(accountId, jid) {
      const row = find.get(accountId, jid)
      // Written by this file alone, from a checked card.
      return row && { card: JSON.parse(row.json) as VCard | null, fetchedAt: row.fetched_at }
    },
    setCard: (accountId, jid, { card, fetchedAt }: CachedCard) =>
      void put.run(accountId, jid, JSON.stringify(card), fetchedAt),
  }
}

function prepareFolded(db: WritableDB): Pick<PeopleStorage, 'listFoldedGroups' | 'setFoldedGroups'> {
  const all = db.prepare<[], string>('SELECT name FROM folded_group ORDER BY position').pluck()
  const clear = db.prepare<[]>('DELETE FROM folded_group')
  const insert = db.prepare<[string]>('INSERT INTO folded_group (name) VALUES (?)')
  return {
    listFoldedGroups: () => all.all(),
    setFoldedGroups: inTransaction(db, (names: readonly string[]) => {
      clear.run()
      for (const name of names) insert.run(name)
    }),
  }
}
