/** The archive (XEP-0313): the place of a message, its number in the archive, and how much of the archive is here. */
import type { WritableDB } from '../database.ts'

export function addArchive(db: WritableDB): void {
  db.exec(PLACE)
  db.exec(ORDER)
  db.exec(RANGES)
}

// Every index ends with the row's id of itself, so (place, id) is an order of these.
const PLACE = `
DROP INDEX message_by_time;
DROP INDEX message_unread;
ALTER TABLE message ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
UPDATE message SET place = sent_at * 1000;
CREATE INDEX message_by_place ON message (conversation_id, place);
CREATE INDEX message_unread ON message (conversation_id, place) WHERE unread = 1;`

// archive_order: our own numbers, which grow as the archive goes on; only rows that the archive told us of have one.
const ORDER = `
ALTER TABLE message ADD COLUMN archive_order INTEGER;
CREATE INDEX message_by_archive_order ON message (conversation_id, archive_order) WHERE archive_order IS NOT NULL;`

// archive: what is here of an account's archive, all of it from first to last. gap_after: rows above this id came while
// what lies before them is not known to be here. conversation_archive: one that goes further back than its account.
const RANGES = `
ALTER TABLE account ADD COLUMN stanza_ids_trusted INTEGER NOT NULL DEFAULT 0 CHECK (stanza_ids_trusted IN (0, 1));

CREATE TABLE archive (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  first_order INTEGER NOT NULL,
  last_order INTEGER NOT NULL,
  first_id TEXT,
  last_id TEXT,
  first_ms INTEGER,
  last_ms INTEGER,
  from_start INTEGER NOT NULL CHECK (from_start IN (0, 1)),
  gap_after INTEGER
) STRICT;

CREATE TABLE conversation_archive (
  conversation_id INTEGER PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
  first_order INTEGER NOT NULL,
  first_id TEXT,
  first_ms INTEGER,
  from_start INTEGER NOT NULL CHECK (from_start IN (0, 1))
) STRICT;`
