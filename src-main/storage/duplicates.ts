/**
 * Whether a message is there already. The server may deliver one twice: after a resumption that failed, from offline
 * storage after a crash between our commit and our acknowledgement.
 */
import type { BareJid } from '../model/jid.ts'
import type { WritableDB } from './database.ts'
import type { NewMessage } from './storage.ts'

// A sender may number its messages anew each time it starts ("1", "2", …); another body under the same `id` is another
// message, and dropping it would lose it. Only the latest few are compared, so that one sender can't make it slow.
const COMPARED = 16

export const DUPLICATE_QUERIES = {
  byStanzaId: 'SELECT id FROM message WHERE conversation_id = ? AND stanza_id = ?',
  byOriginId: 'SELECT id FROM message WHERE conversation_id = ? AND sender = ? AND origin_id = ?',
  byMessageId: `
    SELECT id FROM (
      SELECT id, body FROM message WHERE conversation_id = ? AND sender = ? AND message_id = ?
      ORDER BY id DESC LIMIT ${COMPARED})
    WHERE body = ? LIMIT 1`,
} as const

/** The id of the message that `message` repeats, by the rules of Storage.insertMessage. An empty id is no id. */
export function prepareDuplicates(db: WritableDB): (message: NewMessage) => number | undefined {
  const byStanzaId = db.prepare<[number, string], number>(DUPLICATE_QUERIES.byStanzaId).pluck()
  const byOriginId = db.prepare<[number, BareJid, string], number>(DUPLICATE_QUERIES.byOriginId).pluck()
  const byMessageId = db
    .prepare<[number, BareJid, string, string], number>(DUPLICATE_QUERIES.byMessageId)
    .pluck()

  return ({ conversationId, sender, body, stanzaId, originId, messageId }) =>
    (stanzaId ? byStanzaId.get(conversationId, stanzaId) : undefined) ??
    (originId ? byOriginId.get(conversationId, sender, originId) : undefined) ??
    (messageId ? byMessageId.get(conversationId, sender, messageId, body) : undefined)
}
