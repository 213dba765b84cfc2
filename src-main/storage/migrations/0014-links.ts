/** What the sender says of the pages that a message links to: JSON that only we write. */
import type { WritableDB } from '../database.ts'

export function addLinks(db: WritableDB): void {
  db.exec('ALTER TABLE message ADD COLUMN links TEXT;')
}
