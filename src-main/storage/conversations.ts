/** Table `conversation`: one row a thread, with its unread counter, so that no list ever counts messages. */
import type { Conversation, ConversationKind } from '../model/conversation.ts'
import { bareOf, resourceOf, type Jid } from '../model/jid.ts'
import type { MessageState } from '../model/message.ts'
import { inTransaction, type ReadableDB, type WritableDB } from './database.ts'
import { keepingColumns, toKeeping, type KeepingRow } from './keeping.ts'
import { StorageError } from './storage.ts'

interface ConversationRow extends KeepingRow {
  readonly id: number
  readonly account_id: number
  readonly counterpart: Jid
  readonly kind: ConversationKind
  readonly active_at: number
  readonly first_unread_id: number | null
  readonly unread_count: number
  readonly request: 0 | 1
  readonly draft: string
  readonly last_body: string | null
  readonly last_direction: 'in' | 'out' | null
  readonly last_sent_at: number | null
  readonly last_state: MessageState | null
  readonly last_spoiler: string | null
  readonly last_retracted_at: number | null
  readonly last_author: string | null
}

const SELECT = `
SELECT c.id, c.account_id, c.counterpart, c.kind, c.active_at, c.first_unread_id, c.unread_count, c.draft, c.request,
  ${keepingColumns('c')},
  m.body AS last_body, m.direction AS last_direction, m.sent_at AS last_sent_at, m.state AS last_state,
  m.spoiler AS last_spoiler, m.retracted_at AS last_retracted_at,
  m.author_nick AS last_author
FROM conversation AS c LEFT JOIN message AS m ON m.id = c.last_message_id`

export const CONVERSATION_QUERIES = {
  list: `${SELECT} ORDER BY c.active_at DESC, c.id DESC`,
  byId: `${SELECT} WHERE c.id = ?`,
  byCounterpart: `${SELECT} WHERE c.account_id = ? AND c.counterpart = ?`,
} as const

export function prepareConversationReads(db: ReadableDB) {
  const all = db.prepare<[], ConversationRow>(CONVERSATION_QUERIES.list)
  const byId = db.prepare<[number], ConversationRow>(CONVERSATION_QUERIES.byId)
  const byCounterpart = db.prepare<[number, Jid], ConversationRow>(CONVERSATION_QUERIES.byCounterpart)

  function findConversation(conversationId: number): Conversation | undefined {
    const row = byId.get(conversationId)
    return row && toConversation(row)
  }
  function findConversationWith(accountId: number, counterpart: Jid): Conversation | undefined {
    const row = byCounterpart.get(accountId, counterpart)
    return row && toConversation(row)
  }
  return { listConversations: () => all.all().map(toConversation), findConversation, findConversationWith }
}

export function prepareConversationWrites(db: WritableDB) {
  const { findConversationWith } = prepareConversationReads(db)
  const open = db.prepare<{ accountId: number; counterpart: Jid; at: number; kind: ConversationKind }>(
    `INSERT INTO conversation (account_id, counterpart, opened_at, active_at, kind)
     VALUES (:accountId, :counterpart, :at, :at, :kind)
     ON CONFLICT DO UPDATE SET opened_at = max(opened_at, :at), active_at = max(active_at, :at)`,
  )
  const setDraft = db.prepare<[string, number]>('UPDATE conversation SET draft = ? WHERE id = ?')
  const readMessages = db.prepare<[number]>(READ_MESSAGES)
  const readSome = db.prepare<[number, number, number]>(READ_SOME)
  const lastId = db.prepare<[], number | null>('SELECT max(id) FROM message').pluck()
  const refresh = prepareRefresh(db)
  const resetUnread = db.prepare<[number]>(
    'UPDATE conversation SET unread_count = 0, first_unread_id = NULL WHERE id = ?',
  )

  /** One that is there already is moved up to `activeAt` and given back. */
  function insertConversation(
    accountId: number,
    counterpart: Jid,
    activeAt: number,
    kind: ConversationKind = 'chat',
  ): Conversation {
    open.run({ accountId, counterpart, at: activeAt, kind })
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
    markSomeRead: inTransaction(db, (conversationId: number, upTo: number, most: number): number => {
      const { changes } = readSome.run(conversationId, upTo, most)
      if (changes > 0) refresh(conversationId, -changes)
      return changes
    }),
    findLastId: () => lastId.get() ?? 0,
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

export const READ_SOME = `
UPDATE message SET unread = 0 WHERE id IN (
  SELECT id FROM message WHERE conversation_id = ? AND unread = 1 AND id <= ? ORDER BY place, id LIMIT ?)`

export const READ_MESSAGES = 'UPDATE message SET unread = 0 WHERE conversation_id = ? AND unread = 1'

export const LAST_MESSAGE = `
SELECT id, sent_at FROM message WHERE conversation_id = :id AND hidden = 0 ORDER BY place DESC, id DESC LIMIT 1`

export const FIRST_UNREAD = `
SELECT id FROM message WHERE conversation_id = :id AND unread = 1 ORDER BY place, id LIMIT 1`

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
    kind: row.kind,
    counterpart: bareOf(row.counterpart),
    ...(row.kind === 'private' ? { nick: resourceOf(row.counterpart) ?? '' } : {}),
    ...(last === undefined ? {} : { last }),
    unreadCount: row.unread_count,
    ...(row.first_unread_id === null ? {} : { firstUnreadId: row.first_unread_id }),
    draft: row.draft,
    activeAt: row.active_at,
    ...(row.request === 1 ? { request: true } : {}),
    ...toKeeping(row),
  }
}

function toLast(row: ConversationRow): Conversation['last'] {
  const { last_body: body, last_direction: direction, last_sent_at: sentAt, last_state: state } = row
  if (body === null || direction === null || sentAt === null || state === null) return undefined
  const spoiler = row.last_spoiler
  return {
    ...{ body, direction, sentAt, state },
    ...(spoiler === null ? {} : { spoiler }),
    ...(row.last_author === null ? {} : { author: row.last_author }),
    ...(row.last_retracted_at === null ? {} : { retracted: true }),
  }
}
