/** Single messages (RFC 6121 type normal) and notices: headlines and errors that answer nothing; XEP-0393 <unstyled/>. */
import type { WritableDB } from '../database.ts'

export function addInbox(db: WritableDB): void {
  db.exec('ALTER TABLE message ADD COLUMN unstyled INTEGER NOT NULL DEFAULT 0')
}
