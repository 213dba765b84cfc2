/** Tokens of invitations that we made: whoever brings one becomes a contact, once (XEP-0379). */
import type { WritableDB } from '../database.ts'

export function addInvites(db: WritableDB): void {
  db.exec(`
    CREATE TABLE invite_token (
      account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
      token TEXT NOT NULL,
      expires_at INTEGER NOT NULL,
      PRIMARY KEY (account_id, token)
    ) STRICT, WITHOUT ROWID;
  `)
}
