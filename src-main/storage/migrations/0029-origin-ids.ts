/** The index of origin ids gets small: only of messages whose `id` is another. No row is changed. */
import type { WritableDB } from '../database.ts'

export function addFewerOriginIds(db: WritableDB): void {
  db.exec(INDEX)
}

// Most programs give a message one id and name it twice: those are found by `message_by_message_id` (origin-ids.ts).
const INDEX = `
DROP INDEX message_by_origin_id;
CREATE UNIQUE INDEX message_by_origin_id ON message (conversation_id, sender, origin_id)
  WHERE origin_id IS NOT NULL AND origin_id IS NOT message_id;`
