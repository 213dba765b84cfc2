/** The contact page: the user's notes, vCards as they were last seen, groups that are folded. */
import type { WritableDB } from '../database.ts'

export function addPeople(db: WritableDB): void {
  db.exec(TABLES)
}

// Neither belongs to roster_item: a stranger may have both, and they outlive being removed from the contacts.
const TABLES = `
CREATE TABLE contact_note (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  jid TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (account_id, jid)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact_card (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  jid TEXT NOT NULL,
  json TEXT NOT NULL,
  fetched_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, jid)
) STRICT, WITHOUT ROWID;

CREATE TABLE folded_group (
  position INTEGER PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;`
