/** Table `conversation`: one row a thread, with its unread counter, so that no list ever counts messages. */
import type { Conversation } from '../model/conversation.ts'
import type { BareJid } from '../model/jid.ts'
import type { MessageState } from '../model/message.ts'
import { inTransaction, type ReadableDB, type WritableDB } from './database.ts'
import { StorageError } from './storage.ts'

interface ConversationRow {
  readonly id: number
  readonly account_id: number
  readonly counterpart: BareJid
  readonly active_at: number
  readonly first_unread_id: number | null
  readonly unread_count: number
  readonly draft: string
  readonly last_body: string | null
  readonly last_direction: 'in' | 'out' | null
  readonly last_sent_at: number | null
  readonly last_state: MessageState | null
}

const SELECT = `
SELECT c.id, c.account_id, c.counterpart, c.active_at, c.first_unread_id, c.unread_count, c.draft,
  m.body AS last_body, m.direction AS last_direction, m.sent_at AS last_sent_at, m.state AS last_state
FROM conversation AS c LEFT JOIN message AS m ON m.id = c.last_message_id`

export const CONVERSATION_QUERIES = {
  list: `${SELECT} ORDER BY c.active_at DESC, c.id DESC`,
  byId: `${SELECT} WHERE c.id = ?`,
  byCounterpart: `${SELECT} WHERE c.account_id = ? AND c.counterpart = ?`,
} as const

export function prepareConversationReads(db: ReadableDB) {
  const all = db.prepare<[], ConversationRow>(CONVERSATION_QUERIES.list)
  const byId = db.prepare<[number], ConversationRow>(CONVERSATION_QUERIES.byId)
  const byCounterpart = db.prepare<[number, BareJid], ConversationRow>(CONVERSATION_QUERIES.byCounterpart)

  function findConversation(conversationId: number): Conversation | undefined {
    const row = byId.get(conversationId)
    return row && toConversation(row)
  }
  function findConversationWith(accountId: number, counterpart: BareJid): Conversation | undefined {
    const row = byCounterpart.get(accountId, counterpart)
    return row && toConversation(row)
  }
  return { listConversations: () => all.all().map(toConversation), findConversation, findConversationWith }
}

export function prepareConversationWrites(db: WritableDB) {
  const { findConversationWith } = prepareConversationReads(db)
  const open = db.prepare<{ accountId: number; counterpart: BareJid; at: number }>(
    `INSERT INTO conversation (account_id, counterpart, opened_at, active_at) VALUES (:accountId, :counterpart, :at, :at)
     ON CONFLICT DO UPDATE SET opened_at = max(opened_at, :at), active_at = max(active_at, :at)`,
  )
  const setDraft = db.prepare<[string, number]>('UPDATE conversation SET draft = ? WHERE id = ?')
  const readMessages = db.prepare<[number]>(READ_MESSAGES)
  const resetUnread = db.prepare<[number]>(
    'UPDATE conversation SET unread_count = 0, first_unread_id = NULL WHERE id = ?',
  )

  /** One that is there already is moved up to `activeAt` and given back. */
  function insertConversation(accountId: number, counterpart: BareJid, activeAt: number): Conversation {
    open.run({ accountId, counterpart, at: activeAt })
    const conversation = findConversationWith(accountId, counterpart)
    if (conversation === undefined) throw new StorageError('other', 'the conversation was not written')
    return conversation
  }
  function markRead(conversationId: number): void {
    readMessages.run(conversationId)
    resetUnread.run(conversationId)
  }

  return {
    insertConversation: inTransaction(db, insertConversation),
    setDraft: (conversationId: number, draft: string) => void setDraft.run(draft, conversationId),
    markRead: inTransaction(db, markRead),
  }
}

/**
 * Returns a function that brings a conversation's row up to date after one of its messages came, moved or went: last
 * message, unread line and place in the list come from the indexes; the counter changes by `unreadChange`. Call it in the
 * same transaction.
 */
export function prepareRefresh(db: WritableDB): (conversationId: number, unreadChange: number) => void {
  const refresh = db.prepare<{ id: number; unreadChange: number }>(REFRESH)
  return (id, unreadChange) => void refresh.run({ id, unreadChange })
}

export const READ_MESSAGES = 'UPDATE message SET unread = 0 WHERE conversation_id = ? AND unread = 1'

export const LAST_MESSAGE = `
SELECT id, sent_at FROM message WHERE conversation_id = :id ORDER BY sent_at DESC, id DESC LIMIT 1`

export const FIRST_UNREAD = `
SELECT id FROM message WHERE conversation_id = :id AND unread = 1 ORDER BY sent_at, id LIMIT 1`

const REFRESH = `
UPDATE conversation SET
  unread_count = unread_count + :unreadChange,
  first_unread_id = (${FIRST_UNREAD}),
  (last_message_id, active_at) = (
    SELECT last.id, max(opened_at, coalesce(last.sent_at, opened_at)) FROM (SELECT 1) LEFT JOIN (${LAST_MESSAGE}) AS last)
WHERE id = :id`

function toConversation(row: ConversationRow): Conversation {
  const last = toLast(row)
  return {
    id: row.id,
    accountId: row.account_id,
    counterpart: row.counterpart,
    ...(last === undefined ? {} : { last }),
    unreadCount: row.unread_count,
    ...(row.first_unread_id === null ? {} : { firstUnreadId: row.first_unread_id }),
    draft: row.draft,
    activeAt: row.active_at,
  }
}

function toLast(row: ConversationRow): Conversation['last'] {
  const { last_body: body, last_direction: direction, last_sent_at: sentAt, last_state: state } = row
  if (body === null || direction === null || sentAt === null || state === null) return undefined
  return { body, direction, sentAt, state }
}
