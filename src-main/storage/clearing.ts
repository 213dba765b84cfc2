/** Deletes a conversation's history in small steps, and remembers how far it was deleted. */
import type { ClearingStorage } from './clearing.types.ts'
import { prepareRefresh } from './conversations.ts'
import { inTransaction, type WritableDB } from './database.ts'

export const CLEARING_QUERIES = {
  last: 'SELECT place FROM message WHERE conversation_id = ? ORDER BY place DESC, id DESC LIMIT 1',
  some: `DELETE FROM message WHERE id IN (
      SELECT id FROM message WHERE conversation_id = ? AND place <= ? AND state <> 'pending' ORDER BY place, id LIMIT ?)
    RETURNING unread`,
  // The archive's clock is not ours: the last ones are known by their ids as well.
  rememberLast: `
    INSERT INTO forgotten_message (conversation_id, sender, message_id, origin_id, stanza_id, sent_at)
    SELECT conversation_id, sender, message_id, origin_id, stanza_id, sent_at FROM message
    WHERE conversation_id = ? AND place <= ? AND state <> 'pending' ORDER BY place DESC, id DESC LIMIT 200`,
} as const

export function prepareClearing(db: WritableDB): ClearingStorage {
  const refresh = prepareRefresh(db)
  const last = db.prepare<[number], number>(CLEARING_QUERIES.last).pluck()
  const some = db.prepare<[number, number, number], number>(CLEARING_QUERIES.some).pluck()
  const remember = db.prepare<[number, number]>(CLEARING_QUERIES.rememberLast)
  const keep = db.prepare<[number, number]>(
    'UPDATE conversation SET cleared_place = max(coalesce(cleared_place, 0), ?) WHERE id = ?',
  )
  const cleared = db
    .prepare<[number], number | null>('SELECT cleared_place FROM conversation WHERE id = ?')
    .pluck()
  return {
    findLastPlace: (conversationId) => last.get(conversationId),
    deleteSomeHistory: inTransaction(db, (conversationId: number, upTo: number, most: number): number => {
      const unread = some.all(conversationId, upTo, most)
      const count = unread.reduce((sum, one) => sum + one, 0)
      refresh(conversationId, -count)
      return unread.length
    }),
    keepCleared: inTransaction(db, (conversationId: number, upTo: number): void => {
      remember.run(conversationId, upTo)
      keep.run(upTo, conversationId)
    }),
    isCleared: (conversationId, place) => place <= (cleared.get(conversationId) ?? -Infinity),
  }
}
