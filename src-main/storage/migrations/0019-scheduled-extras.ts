/** What goes along with words that are sent later: the hint that hides them, a link's card (JSON that only we write), what they answer. */
import type { WritableDB } from '../database.ts'

export function addScheduledExtras(db: WritableDB): void {
  db.exec('ALTER TABLE scheduled_message ADD COLUMN spoiler TEXT;')
  db.exec('ALTER TABLE scheduled_message ADD COLUMN link TEXT;')
  // No foreign key: without what it answers it is sent all the same.
  db.exec('ALTER TABLE scheduled_message ADD COLUMN reply_to INTEGER;')
}
