/** Rooms that one is asked into, services that the user named, and what other devices do not know of our bookmarks yet. */
import type { WritableDB } from '../database.ts'

export function addInvitations(db: WritableDB): void {
  db.exec(INVITATIONS)
  db.exec(SERVICES)
  db.exec(BOOKMARKS)
}

// One a room. What was answered stays, so that the archive does not ask again. Passwords are never in it.
const INVITATIONS = `
CREATE TABLE invitation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  room TEXT NOT NULL,
  via TEXT NOT NULL CHECK (via IN ('room', 'direct')),
  inviter TEXT,
  sender TEXT NOT NULL,
  reason TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  answer TEXT CHECK (answer IN ('accept', 'decline', 'ignore')),
  answered_at INTEGER,
  UNIQUE (account_id, room)
) STRICT;
CREATE INDEX invitation_waiting ON invitation (account_id, sender) WHERE answer IS NULL;`

const SERVICES = `
CREATE TABLE room_service (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  jid TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('rooms', 'search')),
  used_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, jid, kind)
) STRICT, WITHOUT ROWID;`

const BOOKMARKS = `
CREATE TABLE bookmark_due (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  room TEXT NOT NULL,
  PRIMARY KEY (account_id, room)
) STRICT, WITHOUT ROWID;`
