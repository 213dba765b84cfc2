/**
 * A database out of a backup, before it is used: whole, of this Linnet or an earlier one, and without what must not happen a second time.
 * What was waiting to be sent when the backup was made may have been sent since.
 */
import Sqlite from 'better-sqlite3'
import { isWhole } from './health.ts'
import { MIGRATIONS, migrate, refuseNewer, userVersion } from './migrate.ts'
import { StorageError } from './storage.ts'
import type { WritableDB } from './database.ts'

/** The user can still send them again. */
const SETTLE = `
UPDATE message SET state = 'failed', error_condition = 'undefined-condition', error_text = '' WHERE state = 'pending';
UPDATE single_message SET state = 'failed' WHERE state = 'pending';
UPDATE deed SET state = 'failed', error_condition = 'undefined-condition', error_text = '' WHERE state = 'pending';
UPDATE conversation SET draft = trim(draft || char(10) || (
    SELECT group_concat(body, char(10)) FROM scheduled_message AS s WHERE s.conversation_id = conversation.id), char(10))
  WHERE id IN (SELECT conversation_id FROM scheduled_message);
DELETE FROM scheduled_message;
DELETE FROM stream_session;
DELETE FROM stream_sent;`

/** Throws StorageError 'newer' and 'damaged', and what SQLite throws. */
export function settleRestored(file: string): void {
  const db = new Sqlite(file, { fileMustExist: true }) as WritableDB
  try {
    db.pragma('trusted_schema = OFF')
    db.pragma('cell_size_check = ON')
    if (!isWhole(db) || !isLinnets(db))
      throw new StorageError('damaged', 'the backup holds no whole database')
    refuseNewer(userVersion(db))
    db.pragma('secure_delete = ON')
    db.pragma('synchronous = FULL')
    migrate(db, MIGRATIONS)
    db.transaction(() => db.exec(SETTLE))()
    // One file, whatever it was in: it is moved as one.
    db.pragma('journal_mode = DELETE')
  } finally {
    db.close()
  }
}

function isLinnets(db: WritableDB): boolean {
  const tables = db.prepare(
    "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('account', 'conversation', 'message')",
  )
  return tables.pluck().get() === 3 && userVersion(db) > 0
}
