/** Rooms (XEP-0045): what kind a conversation is, how we stand in rooms, and who says a message where many speak. */
import type { WritableDB } from '../database.ts'

export function addRooms(db: WritableDB): void {
  db.exec(CONVERSATIONS)
  db.exec(ROOMS)
  db.exec(AUTHORS)
  db.exec(DEEDS)
}

// counterpart: of a private conversation in a room the occupant's full address; elsewhere a bare one.
const CONVERSATIONS = `
ALTER TABLE conversation ADD COLUMN kind TEXT NOT NULL DEFAULT 'chat' CHECK (kind IN ('chat', 'room', 'private'));`

// wanted: we are in it whenever we can. traits: JSON, as the room last described itself. room_archive: as table archive.
const ROOMS = `
CREATE TABLE room (
  conversation_id INTEGER PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
  nick TEXT NOT NULL,
  own_name TEXT NOT NULL DEFAULT '',
  subject TEXT NOT NULL DEFAULT '',
  subject_by TEXT,
  notify TEXT NOT NULL DEFAULT 'mentions' CHECK (notify IN ('all', 'mentions', 'none')),
  wanted INTEGER NOT NULL DEFAULT 0 CHECK (wanted IN (0, 1)),
  autojoin INTEGER NOT NULL DEFAULT 0 CHECK (autojoin IN (0, 1)),
  bookmarked INTEGER NOT NULL DEFAULT 0 CHECK (bookmarked IN (0, 1)),
  occupant_id TEXT,
  traits TEXT
) STRICT;

CREATE TABLE room_archive (
  conversation_id INTEGER PRIMARY KEY REFERENCES conversation (id) ON DELETE CASCADE,
  first_order INTEGER NOT NULL,
  last_order INTEGER NOT NULL,
  first_id TEXT,
  last_id TEXT,
  first_ms INTEGER,
  last_ms INTEGER,
  from_start INTEGER NOT NULL CHECK (from_start IN (0, 1)),
  gap_after INTEGER
) STRICT;

CREATE TABLE ignored_occupant (
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  who TEXT NOT NULL,
  PRIMARY KEY (conversation_id, who)
) STRICT, WITHOUT ROWID;`

// sender: in rooms the occupant's address at that time, of our own words our own. moderated: JSON, by whom and why.
const AUTHORS = `
ALTER TABLE message ADD COLUMN author_nick TEXT;
ALTER TABLE message ADD COLUMN author_id TEXT;
ALTER TABLE message ADD COLUMN author_jid TEXT;
ALTER TABLE message ADD COLUMN mention INTEGER NOT NULL DEFAULT 0 CHECK (mention IN (0, 1));
ALTER TABLE message ADD COLUMN moderated TEXT;
CREATE INDEX message_by_author ON message (conversation_id, author_id, message_id)
  WHERE author_id IS NOT NULL AND message_id IS NOT NULL;
CREATE INDEX message_unread_mention ON message (conversation_id) WHERE unread = 1 AND mention = 1;`

// author: JSON; sender is then what this occupant stays known by.
const DEEDS = `
ALTER TABLE reaction ADD COLUMN author TEXT;
ALTER TABLE waiting_deed ADD COLUMN author TEXT;`
