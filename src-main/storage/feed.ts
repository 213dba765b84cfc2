/** Table `feed_item`: headlines, errors that answer nothing, and who was turned away; bounded. */
import type { FeedItem, FeedSummary } from '../model/inbox.ts'
import type { BareJid } from '../model/jid.ts'
import { inTransaction, type ReadableDB, type WritableDB } from './database.ts'
import {
  FEED_COLUMNS,
  FEED_SUMMARY_COLUMNS,
  toFeedItem,
  toFeedSummary,
  type FeedRow,
  type FeedSummaryRow,
} from './feed-rows.ts'
import type { FeedBounds, NewFeedItem } from './inbox.types.ts'
import { toLanguagesJson } from './languages.ts'
import { StorageError } from './storage.ts'

export function prepareFeedReads(db: ReadableDB) {
  const all = db.prepare<[], FeedSummaryRow>(`SELECT ${FEED_SUMMARY_COLUMNS} FROM feed_item ORDER BY id DESC`)
  const byId = db.prepare<[number], FeedRow>(`SELECT ${FEED_COLUMNS} FROM feed_item WHERE id = ?`)
  return {
    listFeed: (): readonly FeedSummary[] => all.all().map(toFeedSummary),
    findFeedItem(itemId: number): FeedItem | undefined {
      const row = byId.get(itemId)
      return row && toFeedItem(row)
    },
  }
}

export function prepareFeedWrites(db: WritableDB) {
  const read = db.prepare<[number], FeedSummaryRow>(
    `UPDATE feed_item SET unread = 0 WHERE id = ? AND unread = 1 RETURNING ${FEED_SUMMARY_COLUMNS}`,
  )
  const remove = db.prepare<[number]>('DELETE FROM feed_item WHERE id = ?')
  const clear = db.prepare<[], number>('DELETE FROM feed_item RETURNING id').pluck()
  return {
    insertFeedItem: inTransaction(db, prepareInsert(db)),
    countTurnedAway: inTransaction(db, prepareTurnedAway(db)),
    trimFeed: inTransaction(db, prepareTrim(db)),
    markFeedItemRead(itemId: number): FeedSummary | undefined {
      const row = read.get(itemId)
      return row && toFeedSummary(row)
    },
    deleteFeedItem: (itemId: number) => void remove.run(itemId),
    clearFeed: (): readonly number[] => clear.all(),
  }
}

const FROM = `FROM feed_item WHERE account_id = :accountId AND sender_bare = :senderBare AND kind = :kind`
const INSERT = `
INSERT INTO feed_item (account_id, kind, sender, sender_bare, known, subject, body, languages, unstyled, error_condition,
  error_text, source, occurrences, sent_at, unread, message_id, origin_id)
VALUES (:accountId, :kind, :sender, :senderBare, :known, :subject, :body, :languages, :unstyled, :condition,
  :text, :source, 1, :sentAt, 1, :messageId, :originId)
RETURNING ${FEED_SUMMARY_COLUMNS}`

type Row = Readonly<Record<string, string | number | null>>

function toRow(item: NewFeedItem): Row {
  const { accountId, kind, sender, senderBare, subject, body, source, sentAt } = item
  return {
    ...{ accountId, kind, sender, senderBare, subject, body, source, sentAt },
    known: Number(item.known),
    languages: toLanguagesJson(item.languages),
    unstyled: Number(item.unstyled === true),
    condition: item.error?.condition ?? null,
    text: item.error?.text ?? null,
    messageId: item.messageId || null,
    originId: item.originId || null,
  }
}

// A sender has few rows, so its own are compared one by one.
function prepareInsert(db: WritableDB): (item: NewFeedItem) => FeedSummary | undefined {
  const same = db.prepare<Row>(
    `SELECT 1 ${FROM} AND (origin_id = :originId
       OR (message_id = :messageId AND subject = :subject AND body = :body AND source = :source)) LIMIT 1`,
  )
  const insert = db.prepare<Row, FeedSummaryRow>(INSERT)
  return (item) => {
    const row = toRow(item)
    if (same.get(row) !== undefined) return undefined
    return toFeedSummary(got(insert.get(row)))
  }
}

function prepareTurnedAway(db: WritableDB) {
  const again = db.prepare<Row, FeedSummaryRow>(
    `UPDATE feed_item SET occurrences = occurrences + 1, unread = 1, sent_at = :sentAt
     WHERE account_id = :accountId AND sender_bare = :senderBare AND kind = :kind RETURNING ${FEED_SUMMARY_COLUMNS}`,
  )
  const insert = db.prepare<Row, FeedSummaryRow>(INSERT)
  return (accountId: number, sender: BareJid, sentAt: number): FeedSummary => {
    const texts = { subject: '', body: '', source: '', known: false }
    const row = toRow({ accountId, kind: 'turned-away', sender, senderBare: sender, sentAt, ...texts })
    return toFeedSummary(again.get(row) ?? got(insert.get(row)))
  }
}

function prepareTrim(db: WritableDB): (accountId: number, bounds: FeedBounds) => readonly number[] {
  const count = db.prepare<[number], number>('SELECT count(*) FROM feed_item WHERE account_id = ?').pluck()
  const perSender = db
    .prepare<[number, number], number>(
      `DELETE FROM feed_item WHERE id IN (
         SELECT id FROM (
           SELECT id, row_number() OVER (PARTITION BY sender_bare ORDER BY id DESC) AS place
           FROM feed_item WHERE account_id = ?)
         WHERE place > ?) RETURNING id`,
    )
    .pluck()
  const oldest = db
    .prepare<[number, number], number>(
      `DELETE FROM feed_item WHERE id IN (
         SELECT id FROM feed_item WHERE account_id = ? ORDER BY known, id LIMIT ?) RETURNING id`,
    )
    .pluck()
  return (accountId, bounds) => {
    const dropped = perSender.all(accountId, bounds.perSender)
    const excess = (count.get(accountId) ?? 0) - bounds.perAccount
    return excess > 0 ? [...dropped, ...oldest.all(accountId, excess)] : dropped
  }
}

/** A statement with RETURNING gives its row or has thrown. */
function got(row: FeedSummaryRow | undefined): FeedSummaryRow {
  if (row === undefined) throw new StorageError('other', 'the notice was not written')
  return row
}
