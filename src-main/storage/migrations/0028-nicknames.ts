/** What contacts, and strangers whose first message waits, call themselves (XEP-0172). */
import type { WritableDB } from '../database.ts'

export function addNicknames(db: WritableDB): void {
  db.exec(NICKNAMES)
}

const NICKNAMES = `
CREATE TABLE nickname (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  jid TEXT NOT NULL,
  nick TEXT NOT NULL,
  PRIMARY KEY (account_id, jid)
) STRICT, WITHOUT ROWID;`
