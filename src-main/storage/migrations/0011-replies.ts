/** Replies, spoilers and pinned messages: columns of table `message`. */
import type { WritableDB } from '../database.ts'

/**
 * `reply_id` and `reply_to` are what an answer says of the message it answers, `reply_row` that message's row once it is
 * here (ids are never given twice, so a row that is gone stays unknown), `reply_quote` the quote that it carries for
 * others. `spoiler` is the hint, empty where there is none; null: not a spoiler. `pinned_at` is epoch milliseconds.
 */
export function addReplies(db: WritableDB): void {
  db.exec(`
ALTER TABLE message ADD COLUMN reply_id TEXT;
ALTER TABLE message ADD COLUMN reply_to TEXT;
ALTER TABLE message ADD COLUMN reply_row INTEGER;
ALTER TABLE message ADD COLUMN reply_quote TEXT;
ALTER TABLE message ADD COLUMN spoiler TEXT;
ALTER TABLE message ADD COLUMN pinned_at INTEGER;
CREATE INDEX message_waiting_reply ON message (conversation_id, reply_id)
  WHERE reply_id IS NOT NULL AND reply_row IS NULL;
CREATE INDEX message_pinned ON message (conversation_id, pinned_at) WHERE pinned_at IS NOT NULL;`)
}
