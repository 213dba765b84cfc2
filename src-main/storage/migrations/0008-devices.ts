/** Own devices: how far they have read, and which conversations the user pinned, muted and put away. */
import type { WritableDB } from '../database.ts'

export function addDevices(db: WritableDB): void {
  db.exec(DISPLAYED)
  db.exec(KEEPING)
}

// By address: what was read may be known before there is a conversation.
const DISPLAYED = `
CREATE TABLE displayed (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  counterpart TEXT NOT NULL,
  stanza_id TEXT,
  due INTEGER NOT NULL DEFAULT 0 CHECK (due IN (0, 1)),
  PRIMARY KEY (account_id, counterpart)
) STRICT, WITHOUT ROWID;`

const KEEPING = `
ALTER TABLE conversation ADD COLUMN pinned_at INTEGER;
ALTER TABLE conversation ADD COLUMN muted_until INTEGER;
ALTER TABLE conversation ADD COLUMN put_away_at INTEGER;`
