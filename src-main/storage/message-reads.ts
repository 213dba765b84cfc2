/** Reading table `message`: single ones, the outbox, and pages by key. Order in a conversation is (sent_at, id). */
import type { Message, MessagePage } from '../model/message.ts'
import type { ReadableDB } from './database.ts'
import { MESSAGE_COLUMNS, toMessage, type MessageRow } from './message-rows.ts'
import type { Page, PendingMessage, RecentThread } from './storage.ts'
import { threadOf, type ThreadColumns } from './threads.ts'

interface PageParameters {
  readonly conversationId: number
  readonly sentAt?: number
  readonly id?: number
  readonly limit: number
}

const PAGE = `SELECT ${MESSAGE_COLUMNS} FROM message WHERE conversation_id = :conversationId`

export const MESSAGE_QUERIES = {
  byId: `SELECT ${MESSAGE_COLUMNS} FROM message WHERE id = ?`,
  ownByMessageId: `
    SELECT ${MESSAGE_COLUMNS} FROM message WHERE account_id = ? AND message_id = ? AND direction = 'out'
    ORDER BY id DESC LIMIT 1`,
  pending: `
    SELECT m.id, c.counterpart, m.message_id AS messageId, m.body, m.sent_at AS sentAt, m.thread, m.thread_parent
    FROM message AS m JOIN conversation AS c ON c.id = m.conversation_id
    WHERE m.account_id = ? AND m.state = 'pending' ORDER BY m.id`,
  recentThreads: `
    SELECT direction, thread, thread_parent FROM message WHERE conversation_id = ?
    ORDER BY sent_at DESC, id DESC LIMIT 50`,
  newest: `${PAGE} ORDER BY sent_at DESC, id DESC LIMIT :limit`,
  before: `${PAGE} AND (sent_at, id) < (:sentAt, :id) ORDER BY sent_at DESC, id DESC LIMIT :limit`,
  after: `${PAGE} AND (sent_at, id) > (:sentAt, :id) ORDER BY sent_at, id LIMIT :limit`,
} as const

export function prepareMessageReads(db: ReadableDB) {
  const byId = db.prepare<[number], MessageRow>(MESSAGE_QUERIES.byId)
  const own = db.prepare<[number, string], MessageRow>(MESSAGE_QUERIES.ownByMessageId)
  const pending = db.prepare<[number], Omit<PendingMessage, 'thread'> & ThreadColumns>(
    MESSAGE_QUERIES.pending,
  )

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
      pending.all(accountId).map(({ thread, thread_parent, ...message }) => ({
        ...message,
        ...threadOf({ thread, thread_parent }),
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

  return (page) => {
    const key = page.before ?? page.after
    const forwards = page.before === undefined && page.after !== undefined
    const statement = key === undefined ? newest : forwards ? after : before
    // One more than asked for tells whether there is more.
    const limit = page.limit + 1
    const rows = statement.all({ conversationId: page.conversationId, ...(key && { ...key }), limit })
    const messages = rows.slice(0, page.limit).map(toMessage)
    return { messages: forwards ? messages : messages.reverse(), hasMore: rows.length > page.limit }
  }
}
