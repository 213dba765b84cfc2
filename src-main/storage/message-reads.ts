/** Reading table `message`: single ones, the outbox, and pages by key. Order in a conversation is (place, id). */
import type { AroundWhat, Message, MessageKey, MessagePage } from '../model/message.ts'
import type { ReadableDB } from './database.ts'
import { MESSAGE_COLUMNS, toMessage, type MessageRow } from './message-rows.ts'
import { PENDING_REPLY_COLUMNS, toPendingReply, type PendingReplyRow } from './reply-rows.ts'
import type { Page, PendingMessage, RecentThread } from './storage.ts'
import { threadOf, type ThreadColumns } from './threads.ts'

interface PageParameters {
  readonly conversationId: number
  readonly place?: number
  readonly id?: number
  readonly limit: number
}

const PAGE = `SELECT ${MESSAGE_COLUMNS} FROM message WHERE conversation_id = :conversationId AND hidden = 0`

/** What has gone out goes out again as it was; its corrections follow it. */
const FIRST_BODY = `
  coalesce((SELECT r.body FROM revision AS r WHERE r.message_row = m.id AND r.is_first = 1), m.body)`

export const MESSAGE_QUERIES = {
  keyOf: `SELECT place, id FROM message WHERE id = ? AND conversation_id = ?`,
  byId: `SELECT ${MESSAGE_COLUMNS} FROM message WHERE id = ?`,
  ownByMessageId: `
    SELECT ${MESSAGE_COLUMNS} FROM message WHERE account_id = ? AND message_id = ? AND direction = 'out'
    ORDER BY id DESC LIMIT 1`,
  pending: `
    SELECT m.id, c.counterpart, c.kind, m.message_id AS messageId, ${FIRST_BODY} AS body, m.sent_at AS sentAt, m.thread,
      m.thread_parent, ${PENDING_REPLY_COLUMNS}
    FROM message AS m JOIN conversation AS c ON c.id = m.conversation_id
    WHERE m.account_id = ? AND m.state = 'pending' ORDER BY m.id`,
  recentThreads: `
    SELECT direction, thread, thread_parent FROM message WHERE conversation_id = ?
    ORDER BY place DESC, id DESC LIMIT 50`,
  newest: `${PAGE} ORDER BY place DESC, id DESC LIMIT :limit`,
  before: `${PAGE} AND (place, id) < (:place, :id) ORDER BY place DESC, id DESC LIMIT :limit`,
  after: `${PAGE} AND (place, id) > (:place, :id) ORDER BY place, id LIMIT :limit`,
} as const

export function prepareMessageReads(db: ReadableDB) {
  const byId = db.prepare<[number], MessageRow>(MESSAGE_QUERIES.byId)
  const own = db.prepare<[number, string], MessageRow>(MESSAGE_QUERIES.ownByMessageId)
  const pending = db.prepare<
    [number],
    Omit<PendingMessage, 'thread' | 'reply' | 'spoiler' | 'links'> & ThreadColumns & PendingReplyRow
  >(MESSAGE_QUERIES.pending)

  const recentThreads = db.prepare<[number], Pick<RecentThread, 'direction'> & ThreadColumns>(
    MESSAGE_QUERIES.recentThreads,
  )

  function findMessage(messageId: number): Message | undefined {
    const row = byId.get(messageId)
    return row && toMessage(row)
  }
  function findOwnMessage(accountId: number, stanzaId: string): Message | undefined {
    const row = own.get(accountId, stanzaId)
    return row && toMessage(row)
  }
  return {
    findMessage,
    findOwnMessage,
    listPending: (accountId: number): readonly PendingMessage[] =>
      pending
        .all(accountId)
        .map(({ thread, thread_parent, reply_id, reply_to, reply_quote, spoiler, links, ...message }) => ({
          ...message,
          ...threadOf({ thread, thread_parent }),
          ...toPendingReply({ reply_id, reply_to, reply_quote, spoiler, links }),
        })),
    listRecentThreads: (conversationId: number): readonly RecentThread[] =>
      recentThreads.all(conversationId).map((row) => ({ direction: row.direction, ...threadOf(row) })),
    pageMessages: preparePages(db),
  }
}

/** With both keys given, `before` is the one that counts. */
function preparePages(db: ReadableDB): (page: Page) => MessagePage {
  const newest = db.prepare<PageParameters, MessageRow>(MESSAGE_QUERIES.newest)
  const before = db.prepare<PageParameters, MessageRow>(MESSAGE_QUERIES.before)
  const after = db.prepare<PageParameters, MessageRow>(MESSAGE_QUERIES.after)
  const pageAround = preparePageAround(db, (page) => pageOnOneSide(page))

  function pageOnOneSide(page: Page): MessagePage {
    const key = page.before ?? page.after
    const forwards = page.before === undefined && page.after !== undefined
    const statement = key === undefined ? newest : forwards ? after : before
    // One more than asked for tells whether there is more.
    const limit = page.limit + 1
    const rows = statement.all({
      conversationId: page.conversationId,
      ...(key && { place: key.place, id: key.id }),
      limit,
    })
    const messages = rows.slice(0, page.limit).map(toMessage)
    return { messages: forwards ? messages : messages.reverse(), hasMore: rows.length > page.limit }
  }
  return (page) => (page.around === undefined ? pageOnOneSide(page) : pageAround(page, page.around))
}

/** Half of what is asked for on the older side, and what is left on the newer, where the one in the middle is. */
function preparePageAround(db: ReadableDB, pageOnOneSide: (page: Page) => MessagePage) {
  const keyOf = db.prepare<[number, number], MessageKey>(MESSAGE_QUERIES.keyOf)

  return ({ conversationId, limit }: Page, around: AroundWhat): MessagePage => {
    const key = 'time' in around ? firstKeyAt(around.time) : keyOf.get(around.messageId, conversationId)
    if (key === undefined) return { messages: [], hasMore: false, hasNewer: false }
    const olderLimit = Math.max(1, limit >> 1)
    const older = pageOnOneSide({ conversationId, before: key, limit: olderLimit })
    const from = { place: key.place, id: key.id - 1 }
    const newer = pageOnOneSide({ conversationId, after: from, limit: Math.max(1, limit - olderLimit) })
    const middle = newer.messages[0] ?? older.messages.at(-1)
    return {
      messages: [...older.messages, ...newer.messages],
      hasMore: older.hasMore,
      hasNewer: newer.hasMore,
      ...(middle === undefined ? {} : { aroundId: middle.id }),
    }
  }
}

/** Before every message of that time; places are microseconds. */
function firstKeyAt(time: number): MessageKey {
  return { place: time * 1000, id: 0 }
}
