/** Availability: own presence in detail, blocked addresses. */
import type { WritableDB } from '../database.ts'

export function addAvailability(db: WritableDB): void {
  db.exec(TABLES)
}

// recent_status counts up: the highest id was used last.
const TABLES = `
CREATE TABLE account_presence (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  priority INTEGER NOT NULL CHECK (priority BETWEEN -128 AND 127)
) STRICT;

CREATE TABLE blocked_address (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  jid TEXT NOT NULL,
  PRIMARY KEY (account_id, jid)
) STRICT, WITHOUT ROWID;

CREATE TABLE recent_status (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  text TEXT NOT NULL UNIQUE
) STRICT;`
