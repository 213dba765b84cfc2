/** SQLite's result codes as StorageError, the only error that leaves storage. */
import Sqlite from 'better-sqlite3'
import { StorageError, type StorageErrorCode } from './storage.ts'

/**
 * An error of SQLite or of the file system becomes a StorageError; anything else (a fault of ours, a caller's own error)
 * is given back as it is.
 */
export function toStorageError(error: unknown, during: string): unknown {
  // SQLite's messages name tables and columns, never values, so this text may be logged.
  if (error instanceof Sqlite.SqliteError) {
    return new StorageError(sqliteErrorCode(error.code), `${during}: ${error.message} (${error.code})`)
  }
  if (isSystemError(error))
    return new StorageError(error.code === 'ENOSPC' ? 'disk-full' : 'other', error.message)
  return error
}

/** Whether the file itself is at fault, so that it may be set aside. */
export function isDamage(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && sqliteErrorCode(error.code) === 'damaged'
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

function sqliteErrorCode(sqliteCode: string): StorageErrorCode {
  // Extended codes begin with their primary code: SQLITE_CORRUPT_INDEX, SQLITE_BUSY_SNAPSHOT.
  if (sqliteCode.startsWith('SQLITE_FULL')) return 'disk-full'
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(sqliteCode)) return 'damaged'
  if (/^SQLITE_(BUSY|LOCKED)/.test(sqliteCode)) return 'locked'
  return 'other'
}
