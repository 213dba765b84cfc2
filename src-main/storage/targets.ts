/** Which message an id names. */
import type { Jid } from '../model/jid.ts'
import type { Message } from '../model/message.ts'
import type { MessageReference } from './actions.types.ts'
import type { WritableDB } from './database.ts'
import { PENDING_REPLY_COLUMNS, toPendingReply, type PendingReplyRow } from './reply-rows.ts'
import { threadOf, type ThreadColumns } from './threads.ts'
import { MESSAGE_COLUMNS, toMessage, type MessageRow } from './message-rows.ts'

const FROM = `SELECT ${MESSAGE_COLUMNS} FROM message WHERE conversation_id = ? AND sender = ?`

export const TARGET_QUERIES = {
  byMessageId: `${FROM} AND message_id = ? ORDER BY id DESC LIMIT 1`,
  // No message has it as its `id`, so this is one whose ids differ (origin-ids.ts).
  byOriginId: `${FROM} AND origin_id = ? AND origin_id IS NOT message_id`,
  byCorrection: `${FROM} AND id IN (SELECT message_row FROM revision WHERE own_id = ?) LIMIT 1`,
} as const

interface ReferenceRow extends ThreadColumns, PendingReplyRow {
  readonly message_id: string | null
  readonly origin_id: string | null
  readonly stanza_id: string | null
  readonly handed_over: 0 | 1
}

export function prepareTargets(db: WritableDB) {
  const ways = Object.values(TARGET_QUERIES).map((sql) => db.prepare<[number, Jid, string], MessageRow>(sql))
  const reference = db.prepare<[number], ReferenceRow>(
    `SELECT m.message_id, m.origin_id, m.stanza_id, m.handed_over, m.thread, m.thread_parent, ${PENDING_REPLY_COLUMNS}
     FROM message AS m WHERE m.id = ?`,
  )
  return {
    findTarget(conversationId: number, sender: Jid, id: string): Message | undefined {
      for (const way of ways) {
        const row = way.get(conversationId, sender, id)
        if (row !== undefined) return toMessage(row)
      }
      return undefined
    },
    getReference(messageId: number): MessageReference {
      const row = reference.get(messageId)
      return {
        ...(row?.message_id ? { messageId: row.message_id } : {}),
        ...(row?.origin_id ? { originId: row.origin_id } : {}),
        ...(row?.stanza_id ? { stanzaId: row.stanza_id } : {}),
        ...(row === undefined ? {} : { ...threadOf(row), ...toPendingReply(row) }),
        handedOver: row?.handed_over === 1,
      }
    },
  }
}
