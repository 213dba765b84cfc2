/** Messages that are to be sent later. */
import type { WritableDB } from '../database.ts'

export function addSchedule(db: WritableDB): void {
  db.exec(SCHEDULED)
}

const SCHEDULED = `
CREATE TABLE scheduled_message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL,
  conversation_id INTEGER NOT NULL,
  body TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  FOREIGN KEY (conversation_id, account_id) REFERENCES conversation (id, account_id) ON DELETE CASCADE
) STRICT;
CREATE INDEX scheduled_by_time ON scheduled_message (due_at);
CREATE INDEX scheduled_by_conversation ON scheduled_message (conversation_id, account_id);`
