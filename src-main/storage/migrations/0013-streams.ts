/**
 * The session of each account (XEP-0198), to be resumed after a restart, and which number on it each own stanza got that
 * the server is not known to have. No number: it may have been sent, but on no session that can still tell.
 */
import type { WritableDB } from '../database.ts'

export function addStreams(db: WritableDB): void {
  db.exec(`
    CREATE TABLE stream_session (
      account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
      session_id TEXT NOT NULL,
      jid TEXT NOT NULL,
      max_seconds INTEGER,
      location_host TEXT,
      location_port INTEGER,
      location_direct_tls INTEGER NOT NULL CHECK (location_direct_tls IN (0, 1)),
      roster_versioning INTEGER NOT NULL CHECK (roster_versioning IN (0, 1)),
      pre_approval INTEGER NOT NULL CHECK (pre_approval IN (0, 1)),
      client_state INTEGER NOT NULL CHECK (client_state IN (0, 1)),
      handled INTEGER NOT NULL,
      seen_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE stream_sent (
      account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
      stanza_id TEXT NOT NULL,
      number INTEGER,
      PRIMARY KEY (account_id, stanza_id)
    ) STRICT, WITHOUT ROWID;
  `)
}
