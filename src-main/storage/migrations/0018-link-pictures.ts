/** Pictures of link cards that were loaded, where they are loaded without asking, and the cards of each version of a message. */
import type { WritableDB } from '../database.ts'

export function addLinkPictures(db: WritableDB): void {
  db.exec(PICTURES)
  db.exec('ALTER TABLE conversation ADD COLUMN link_pictures INTEGER NOT NULL DEFAULT 0;')
  db.exec('ALTER TABLE revision ADD COLUMN links TEXT;')
}

// A cache: what lies longest unseen goes.
const PICTURES = `
CREATE TABLE link_picture (
  url TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  used_at INTEGER NOT NULL
) STRICT;
CREATE INDEX link_picture_by_use ON link_picture (used_at);`
