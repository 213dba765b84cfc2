/**
 * What people do with messages: earlier versions (XEP-0308), reactions (XEP-0444), retractions (XEP-0424), what came before
 * the message it is about, what was removed on this computer alone, and stanzas of ours that are no messages themselves.
 */
import type { WritableDB } from '../database.ts'

export function addActions(db: WritableDB): void {
  db.exec(MESSAGE_COLUMNS)
  db.exec(REVISIONS)
  db.exec(REACTIONS)
  db.exec(WAITING)
  db.exec(FORGOTTEN)
  db.exec(DEEDS)
}

// stand_in: of the message itself only its id is known, its words are those of a correction.
// handed_over: a stream had it, so it may have arrived, acknowledged or not.
const MESSAGE_COLUMNS = `
ALTER TABLE message ADD COLUMN corrected_at INTEGER;
ALTER TABLE message ADD COLUMN retracted_at INTEGER;
ALTER TABLE message ADD COLUMN stand_in INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN handed_over INTEGER NOT NULL DEFAULT 0;
UPDATE message SET handed_over = 1 WHERE state = 'pending';`

// Every version of a message that has more than one, the shown one too; message_row is the message's row, own_id the
// correction's own id, absent for the first version; place as of a message, the latest is shown.
const REVISIONS = `
CREATE TABLE revision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  message_row INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  is_first INTEGER NOT NULL CHECK (is_first IN (0, 1)),
  written_at INTEGER NOT NULL,
  place INTEGER NOT NULL,
  own_id TEXT,
  body TEXT NOT NULL,
  languages TEXT,
  unstyled INTEGER NOT NULL CHECK (unstyled IN (0, 1))
) STRICT;
CREATE INDEX revision_by_message ON revision (message_row, place);
CREATE INDEX revision_by_own_id ON revision (own_id) WHERE own_id IS NOT NULL;`

// emoji: JSON list; an empty one stays, so that an older set that comes later does not count.
const REACTIONS = `
CREATE TABLE reaction (
  message_row INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  sender TEXT NOT NULL,
  emoji TEXT NOT NULL,
  place INTEGER NOT NULL,
  own_id TEXT,
  PRIMARY KEY (message_row, sender)
) STRICT, WITHOUT ROWID;`

const WAITING = `
CREATE TABLE waiting_deed (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  counterpart TEXT NOT NULL,
  target_id TEXT NOT NULL,
  sender TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('retraction', 'reactions')),
  emoji TEXT NOT NULL,
  written_at INTEGER NOT NULL,
  place INTEGER NOT NULL,
  own_id TEXT,
  UNIQUE (account_id, counterpart, target_id, sender, kind)
) STRICT;
CREATE INDEX waiting_by_account ON waiting_deed (account_id);
CREATE INDEX waiting_by_sender ON waiting_deed (account_id, counterpart, sender);`

const FORGOTTEN = `
CREATE TABLE forgotten_message (
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  sender TEXT NOT NULL,
  message_id TEXT,
  origin_id TEXT,
  stanza_id TEXT,
  sent_at INTEGER NOT NULL
) STRICT;
CREATE INDEX forgotten_by_stanza_id ON forgotten_message (conversation_id, stanza_id) WHERE stanza_id IS NOT NULL;
CREATE INDEX forgotten_by_origin_id ON forgotten_message (conversation_id, sender, origin_id)
  WHERE origin_id IS NOT NULL;
CREATE INDEX forgotten_by_message_id ON forgotten_message (conversation_id, sender, message_id)
  WHERE message_id IS NOT NULL;`

// kind and payload (JSON) are the domain's. It goes out after the own messages whose row is not above after_row.
const DEEDS = `
CREATE TABLE deed (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  counterpart TEXT NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  message_id TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  target_row INTEGER REFERENCES message (id) ON DELETE SET NULL,
  after_row INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'failed')),
  handed_over INTEGER NOT NULL DEFAULT 0,
  error_condition TEXT,
  error_text TEXT
) STRICT;
CREATE INDEX deed_pending ON deed (account_id) WHERE state = 'pending';
CREATE UNIQUE INDEX deed_by_message_id ON deed (account_id, message_id);
CREATE INDEX deed_by_target ON deed (target_row) WHERE target_row IS NOT NULL;`
