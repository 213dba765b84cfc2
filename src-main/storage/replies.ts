/** Which message an answer answers, and what is pinned. */
import type { Jid } from '../model/jid.ts'
import type { ConversationKind } from '../model/conversation.ts'
import type { Message } from '../model/message.ts'
import { inTransaction, type ReadableDB, type WritableDB } from './database.ts'
import { MESSAGE_COLUMNS, toMessage, type MessageRow } from './message-rows.ts'
import { BY_ORIGIN_ID, type SenderOrigin } from './origin-ids.ts'
import type { NewReply, RepliesStorage } from './replies.types.ts'

export const REPLY_QUERIES = {
  byMessageId: `
    SELECT id FROM message WHERE conversation_id = ? AND sender = ? AND message_id = ? ORDER BY id DESC LIMIT 1`,
  authors: `
    SELECT c.counterpart, c.kind, a.jid FROM conversation AS c JOIN account AS a ON a.id = c.account_id WHERE c.id = ?`,
  byStanzaId: 'SELECT id FROM message WHERE conversation_id = ? AND stanza_id = ?',
  target: `
    SELECT m.conversation_id, m.sender, m.direction, m.origin_id, m.message_id, m.stanza_id, m.author_nick,
      c.kind, c.counterpart
    FROM message AS m JOIN conversation AS c ON c.id = m.conversation_id WHERE m.id = ?`,
  waiting: `
    SELECT id FROM message WHERE conversation_id = :conversation AND reply_id = :name
      AND reply_id IS NOT NULL AND reply_row IS NULL AND (reply_to IS NULL OR reply_to = :sender) AND id <> :row`,
  // In most conversations none waits, and that is known sooner.
  anyWaiting: `
    SELECT 1 FROM message WHERE conversation_id = ? AND reply_id IS NOT NULL AND reply_row IS NULL LIMIT 1`,
  pinned: `
    SELECT ${MESSAGE_COLUMNS} FROM message WHERE conversation_id = ? AND pinned_at IS NOT NULL
    ORDER BY pinned_at DESC LIMIT ?`,
} as const

/**
 * The row that an answer means: a message of this conversation, by the author it names, or without one by either of the
 * two. Of several under one `id` (some senders number anew) the latest. In a room by the id that the room gave (§4.1).
 */
export function prepareOriginals(
  db: ReadableDB,
): (conversationId: number, reply: NewReply | undefined) => number | undefined {
  const byOriginId = db.prepare<SenderOrigin, number>(BY_ORIGIN_ID).pluck()
  const byMessageId = db.prepare<[number, string, string], number>(REPLY_QUERIES.byMessageId).pluck()
  const byStanzaId = db.prepare<[number, string], number>(REPLY_QUERIES.byStanzaId).pluck()
  const authors = db.prepare<[number], { counterpart: string; kind: ConversationKind; jid: string }>(
    REPLY_QUERIES.authors,
  )

  return (conversationId, reply) => {
    if (reply === undefined) return undefined
    const both = authors.get(conversationId)
    if (both?.kind === 'room') return byStanzaId.get(conversationId, reply.id)
    const named = [both?.counterpart, both?.jid].filter(
      (author) => author !== undefined && (reply.to === undefined || author === reply.to),
    )
    for (const sender of named as string[]) {
      const row =
        byOriginId.get({ conversationId, sender, originId: reply.id }) ??
        byMessageId.get(conversationId, sender, reply.id)
      if (row !== undefined) return row
    }
    return undefined
  }
}

interface TargetRow {
  readonly conversation_id: number
  readonly sender: Jid
  readonly direction: 'in' | 'out'
  readonly origin_id: string | null
  readonly message_id: string | null
  readonly stanza_id: string | null
  readonly author_nick: string | null
  readonly kind: ConversationKind
  readonly counterpart: Jid
}

export function prepareReplies(db: WritableDB): RepliesStorage {
  const target = db.prepare<[number], TargetRow>(REPLY_QUERIES.target)
  const pinned = db.prepare<[number, number], MessageRow>(REPLY_QUERIES.pinned)
  const pin = db.prepare<[number | null, number, number | null], MessageRow>(
    `UPDATE message SET pinned_at = ? WHERE id = ? AND pinned_at IS NOT ? RETURNING ${MESSAGE_COLUMNS}`,
  )
  return {
    getReplyTarget(messageId) {
      const row = target.get(messageId)
      const id = row && namesOf(row)[0]
      return row === undefined || id === undefined ? undefined : { id, to: addressOf(row) }
    },
    adoptReplies: prepareAdoption(db),
    setPinned(messageId, pinnedAt) {
      const at = pinnedAt ?? null
      const row = pin.get(at, messageId, at)
      return row && toMessage(row)
    },
    listPinned: (conversationId, limit) => pinned.all(conversationId, limit).map(toMessage),
  }
}

/** What answers call it. */
function namesOf({ kind, stanza_id, origin_id, message_id }: TargetRow): string[] {
  const names = kind === 'room' ? [stanza_id] : [origin_id, message_id]
  return names.filter((name) => name !== null)
}

/** Whom an answer answers: in a room the occupant, ourselves too. */
function addressOf({ kind, direction, sender, counterpart, author_nick }: TargetRow): Jid {
  const isOurs = kind === 'room' && direction === 'out' && author_nick !== null
  return isOurs ? (`${counterpart}/${author_nick}` as Jid) : sender
}

function prepareAdoption(db: WritableDB): RepliesStorage['adoptReplies'] {
  const any = db.prepare<[number], number>(REPLY_QUERIES.anyWaiting).pluck()
  const target = db.prepare<[number], TargetRow>(REPLY_QUERIES.target)
  const waiting = db
    .prepare<{ conversation: number; name: string; sender: string; row: number }, number>(
      REPLY_QUERIES.waiting,
    )
    .pluck()
  const adopt = db.prepare<[number, number], MessageRow>(
    `UPDATE message SET reply_row = ? WHERE id = ? RETURNING ${MESSAGE_COLUMNS}`,
  )
  const adoptAll = inTransaction(db, (messageId: number): readonly Message[] => {
    const original = target.get(messageId)
    if (original === undefined) return []
    const names = new Set(namesOf(original))
    const { conversation_id: conversation } = original
    const sender = original.kind === 'room' ? addressOf(original) : original.sender
    const rows = [...names].flatMap((name) => waiting.all({ conversation, name, sender, row: messageId }))
    return rows.flatMap((row) => adopt.get(messageId, row) ?? []).map(toMessage)
  })
  return ({ id, conversationId }) => (any.get(conversationId) === undefined ? [] : adoptAll(id))
}
