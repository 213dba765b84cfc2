/**
 * Taking a message back: its words are gone from every table. Its row stays to say so, and the ids of its corrections do for
 * what names these.
 */
import type { Message } from '../model/message.ts'
import { prepareRefresh } from './conversations.ts'
import { inTransaction, type WritableDB } from './database.ts'
import { MESSAGE_COLUMNS, toMessage, type MessageRow } from './message-rows.ts'

/** What a stream had of an own one may have arrived; it must not go out a second time, without its words. */
const RETRACT = `
UPDATE message SET body = '', languages = NULL, unstyled = 0, corrected_at = NULL, error_condition = NULL, error_text = NULL,
  reply_quote = NULL, links = NULL, spoiler = NULL, pinned_at = NULL, retracted_at = :at, unread = 0, state = CASE direction WHEN 'out' THEN 'sent' ELSE state END
WHERE id = :id RETURNING ${MESSAGE_COLUMNS}`

interface Before {
  readonly conversation_id: number
  readonly unread: number
  readonly retracted_at: number | null
}

export function prepareRetractions(db: WritableDB) {
  const refresh = prepareRefresh(db)
  const before = db.prepare<[number], Before>(
    'SELECT conversation_id, unread, retracted_at FROM message WHERE id = ?',
  )
  const retract = db.prepare<{ id: number; at: number }, MessageRow>(RETRACT)
  const dependent = [
    'DELETE FROM revision WHERE message_row = ? AND own_id IS NULL',
    "UPDATE revision SET body = '', languages = NULL, links = NULL WHERE message_row = ?",
    'DELETE FROM reaction WHERE message_row = ?',
    "DELETE FROM deed WHERE target_row = ? AND state <> 'sent' AND kind IN ('correction', 'reactions')",
  ].map((sql) => db.prepare<[number]>(sql))

  function retractMessage(id: number, at: number): Message | undefined {
    const known = before.get(id)
    if (known === undefined || (known.retracted_at ?? Infinity) <= at) return undefined
    for (const statement of dependent) statement.run(id)
    const row = retract.get({ id, at })
    refresh(known.conversation_id, -known.unread)
    return row && toMessage(row)
  }
  return { retractMessage: inTransaction(db, retractMessage) }
}
