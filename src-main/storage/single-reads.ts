/** Reading table `single_message`: the Inbox by key, newest first, the outbox, and what strangers' unread ones take. */
import type { SingleKey, SingleMessage, SinglePage } from '../model/inbox.ts'
import type { BareJid } from '../model/jid.ts'
import type { ReadableDB } from './database.ts'
import type { Load, PendingSingle } from './inbox.types.ts'
import {
  SINGLE_COLUMNS,
  SUMMARY_COLUMNS,
  toSingle,
  toSummary,
  type SingleRow,
  type SingleSummaryRow,
} from './single-rows.ts'
import { threadOf, type ThreadColumns } from './threads.ts'

const LOAD = 'SELECT count(*) AS count, coalesce(sum(size), 0) AS size FROM single_message AS s'

export const SINGLE_QUERIES = {
  byId: `SELECT ${SINGLE_COLUMNS} FROM single_message WHERE id = ?`,
  ownByMessageId: `
    SELECT ${SINGLE_COLUMNS} FROM single_message WHERE account_id = ? AND message_id = ? AND direction = 'out'
    ORDER BY id DESC LIMIT 1`,
  pending: `
    SELECT counterpart, message_id AS messageId, subject, body, sent_at AS sentAt, thread, thread_parent
    FROM single_message WHERE account_id = ? AND state = 'pending' ORDER BY id`,
  newest: `SELECT ${SUMMARY_COLUMNS} FROM single_message ORDER BY sent_at DESC, id DESC LIMIT :limit`,
  before: `
    SELECT ${SUMMARY_COLUMNS} FROM single_message WHERE (sent_at, id) < (:sentAt, :id)
    ORDER BY sent_at DESC, id DESC LIMIT :limit`,
  unread: 'SELECT count(*) FROM single_message WHERE unread = 1',
  unreadFrom: `${LOAD} WHERE account_id = ? AND counterpart = ? AND unread = 1`,
  unreadFromStrangers: `${LOAD} WHERE account_id = ? AND unread = 1 AND NOT EXISTS (
    SELECT 1 FROM roster_item AS r WHERE r.account_id = s.account_id AND r.jid = s.counterpart)`,
} as const

interface PageParameters {
  readonly sentAt?: number
  readonly id?: number
  readonly limit: number
}

export function prepareSingleReads(db: ReadableDB) {
  const byId = db.prepare<[number], SingleRow>(SINGLE_QUERIES.byId)
  const own = db.prepare<[number, string], SingleRow>(SINGLE_QUERIES.ownByMessageId)
  const pending = db.prepare<[number], Omit<PendingSingle, 'thread'> & ThreadColumns>(SINGLE_QUERIES.pending)
  const unread = db.prepare<[], number>(SINGLE_QUERIES.unread).pluck()

  function findSingle(messageId: number): SingleMessage | undefined {
    const row = byId.get(messageId)
    return row && toSingle(row)
  }
  function findOwnSingle(accountId: number, stanzaId: string): SingleMessage | undefined {
    const row = own.get(accountId, stanzaId)
    return row && toSingle(row)
  }
  function listPendingSingles(accountId: number): readonly PendingSingle[] {
    return pending.all(accountId).map(({ thread, thread_parent, ...message }) => ({
      ...message,
      ...threadOf({ thread, thread_parent }),
    }))
  }
  return {
    findSingle,
    findOwnSingle,
    listPendingSingles,
    pageSingles: preparePages(db),
    countUnreadSingles: () => unread.get() ?? 0,
    ...prepareLoads(db),
  }
}

type SinglePageKey = { readonly before?: SingleKey | undefined; readonly limit: number }

function preparePages(db: ReadableDB): (page: SinglePageKey) => SinglePage {
  const newest = db.prepare<PageParameters, SingleSummaryRow>(SINGLE_QUERIES.newest)
  const before = db.prepare<PageParameters, SingleSummaryRow>(SINGLE_QUERIES.before)
  return ({ before: key, limit }) => {
    // One more than asked for tells whether there is more.
    const rows = (key === undefined ? newest : before).all({ ...(key && { ...key }), limit: limit + 1 })
    return { messages: rows.slice(0, limit).map(toSummary), hasMore: rows.length > limit }
  }
}

function prepareLoads(db: ReadableDB) {
  const from = db.prepare<[number, BareJid], Load>(SINGLE_QUERIES.unreadFrom)
  const fromStrangers = db.prepare<[number], Load>(SINGLE_QUERIES.unreadFromStrangers)
  const none: Load = { count: 0, size: 0 }
  return {
    loadOfUnreadFrom: (accountId: number, counterpart: BareJid) => from.get(accountId, counterpart) ?? none,
    loadOfUnreadFromStrangers: (accountId: number) => fromStrangers.get(accountId) ?? none,
  }
}
