/** Which pictures contacts, and the own accounts, say that they show: by hash (XEP-0084, XEP-0153). */
import type { WritableDB } from '../database.ts'

export function addPersonPictures(db: WritableDB): void {
  db.exec(PERSON_PICTURES)
}

/** Null: nothing is known; empty: it was said that there is none. */
const PERSON_PICTURES = `
CREATE TABLE person_picture (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  jid TEXT NOT NULL,
  published TEXT,
  in_vcard TEXT,
  PRIMARY KEY (account_id, jid)
) STRICT, WITHOUT ROWID;`
