/** Tables `archive` and `conversation_archive`: how much of each archive is here. */
import type { ArchiveStorage, KnownArchive, KnownConversationArchive, KnownEnd } from './archive.types.ts'
import { prepareArchived } from './archived-messages.ts'
import { prepareRefresh } from './conversations.ts'
import { inTransaction, type WritableDB } from './database.ts'
import { prepareHistory } from './history.ts'
import { prepareOriginals } from './replies.ts'

export function prepareArchive(db: WritableDB): ArchiveStorage {
  return {
    ...prepareRanges(db),
    ...prepareConversationRanges(db),
    ...prepareTrust(db),
    ...prepareAbsence(db),
    ...prepareArchived(db),
    ...prepareHistory(db),
    refreshConversation: prepareRefresh(db),
    findOriginal: prepareOriginals(db),
  }
}

interface FirstColumns {
  readonly first_order: number
  readonly first_id: string | null
  readonly first_ms: number | null
  readonly from_start: 0 | 1
}

interface ArchiveRow extends FirstColumns {
  readonly last_order: number
  readonly last_id: string | null
  readonly last_ms: number | null
}

type Ranges = 'findArchive' | 'putArchive' | 'forgetArchive'

function prepareRanges(db: WritableDB): Pick<ArchiveStorage, Ranges> {
  const one = db.prepare<[number], ArchiveRow>('SELECT * FROM archive WHERE account_id = ?')
  const put = db.prepare(`
    INSERT INTO archive (account_id, first_order, last_order, first_id, last_id, first_ms, last_ms, from_start)
    VALUES (:id, :firstOrder, :lastOrder, :firstId, :lastId, :firstMs, :lastMs, :fromStart)
    ON CONFLICT DO UPDATE SET first_order = :firstOrder, last_order = :lastOrder, first_id = :firstId,
      last_id = :lastId, first_ms = :firstMs, last_ms = :lastMs, from_start = :fromStart`)
  const forget = db.prepare<[number]>('DELETE FROM archive WHERE account_id = ?')
  const forgetConversations = db.prepare<[number]>(
    `DELETE FROM conversation_archive
     WHERE conversation_id IN (SELECT id FROM conversation WHERE account_id = ?)`,
  )
  return {
    findArchive(accountId): KnownArchive | undefined {
      const row = one.get(accountId)
      return (
        row && {
          first: toFirst(row),
          last: toEnd(row.last_order, row.last_id, row.last_ms),
          fromStart: row.from_start === 1,
        }
      )
    },
    putArchive: (accountId, { first, last, fromStart }) =>
      void put.run({
        ...firstParameters(accountId, first, fromStart),
        lastOrder: last.order,
        lastId: last.id ?? null,
        lastMs: last.stampMs ?? null,
      }),
    forgetArchive: inTransaction(db, (accountId: number) => {
      forget.run(accountId)
      forgetConversations.run(accountId)
    }),
  }
}

type ConversationRanges = 'findConversationArchive' | 'putConversationArchive'

function prepareConversationRanges(db: WritableDB): Pick<ArchiveStorage, ConversationRanges> {
  const one = db.prepare<[number], FirstColumns>(
    'SELECT * FROM conversation_archive WHERE conversation_id = ?',
  )
  const put = db.prepare(`
    INSERT OR REPLACE INTO conversation_archive (conversation_id, first_order, first_id, first_ms, from_start)
    VALUES (:id, :firstOrder, :firstId, :firstMs, :fromStart)`)
  return {
    findConversationArchive(conversationId): KnownConversationArchive | undefined {
      const row = one.get(conversationId)
      return row && { first: toFirst(row), fromStart: row.from_start === 1 }
    },
    putConversationArchive: (conversationId, { first, fromStart }) =>
      void put.run(firstParameters(conversationId, first, fromStart)),
  }
}

function toFirst({ first_order, first_id, first_ms }: FirstColumns): KnownEnd {
  return toEnd(first_order, first_id, first_ms)
}

function toEnd(order: number, id: string | null, stampMs: number | null): KnownEnd {
  return { order, ...(id === null ? {} : { id }), ...(stampMs === null ? {} : { stampMs }) }
}

function firstParameters(id: number, first: KnownEnd, fromStart: boolean) {
  return {
    id,
    firstOrder: first.order,
    firstId: first.id ?? null,
    firstMs: first.stampMs ?? null,
    fromStart: Number(fromStart),
  }
}

type Trust = 'trustsStanzaIds' | 'setTrustsStanzaIds' | 'setStanzaId'

function prepareTrust(db: WritableDB): Pick<ArchiveStorage, Trust> {
  const get = db.prepare<[number], number>('SELECT stanza_ids_trusted FROM account WHERE id = ?').pluck()
  const set = db.prepare<[number, number]>('UPDATE account SET stanza_ids_trusted = ? WHERE id = ?')
  const name = db.prepare<[string, number]>(
    'UPDATE OR IGNORE message SET stanza_id = ? WHERE id = ? AND stanza_id IS NULL',
  )
  return {
    setStanzaId: (messageId, stanzaId) => void name.run(stanzaId, messageId),
    trustsStanzaIds: (accountId) => get.get(accountId) === 1,
    setTrustsStanzaIds: (accountId, trusted) => void set.run(Number(trusted), accountId),
  }
}

type Absence = 'beginAbsence' | 'endAbsence' | 'isAbsent'

function prepareAbsence(db: WritableDB): Pick<ArchiveStorage, Absence> {
  const begin = db.prepare<[number]>(
    `UPDATE archive SET gap_after = coalesce(gap_after, (SELECT max(id) FROM message), 0) WHERE account_id = ?`,
  )
  const end = db.prepare<[number]>('UPDATE archive SET gap_after = NULL WHERE account_id = ?')
  const has = db
    .prepare<[number], number>('SELECT 1 FROM archive WHERE account_id = ? AND gap_after IS NOT NULL')
    .pluck()
  return {
    beginAbsence: (accountId) => void begin.run(accountId),
    endAbsence: (accountId) => void end.run(accountId),
    isAbsent: (accountId) => has.get(accountId) === 1,
  }
}
