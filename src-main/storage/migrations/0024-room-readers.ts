/** Who has read how far in small rooms, and what was said by whom the user does not want to hear. */
import type { WritableDB } from '../database.ts'

export function addRoomReaders(db: WritableDB): void {
  db.exec(READERS)
  db.exec(HIDDEN)
}

// who: what an occupant stays known by, see domain/rooms/readers.ts. A message that goes takes along that it was read.
const READERS = `
CREATE TABLE room_reader (
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  who TEXT NOT NULL,
  nick TEXT NOT NULL,
  jid TEXT,
  message_row INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, who)
) STRICT, WITHOUT ROWID;
CREATE INDEX room_reader_message ON room_reader (message_row);`

// hidden: it is kept and shown nowhere until its author is heard again.
const HIDDEN = `
ALTER TABLE message ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1));
CREATE INDEX message_hidden ON message (conversation_id, place) WHERE hidden = 1;`
