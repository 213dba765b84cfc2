/** Whether a database file is whole, looked at through a connection that changes no byte of it or its write-ahead log. */
import { existsSync, statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { LOCK_WAIT_MS } from './instance-lock.ts'
import { refuseNewer, userVersion } from './migrate.ts'
import { isDamage } from './storage-errors.ts'

/** Looking at the whole takes 1 ms a megabyte, which at start is only done for a small file or on suspicion. */
export const SMALL_FILE_BYTES = 16 * 1024 * 1024

/** A missing or empty file is healthy. Throws StorageError 'newer'. */
export function isHealthy(file: string, suspicious: boolean): boolean {
  if (!existsSync(file) || statSync(file).size === 0) return true
  const whole = suspicious || statSync(file).size <= SMALL_FILE_BYTES
  return read(file, (db) => {
    refuseNewer(userVersion(db))
    // Reading the tables' definitions finds a header that is none and a file that was cut off.
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
    return !whole || isWhole(db)
  })
}

/** Looks at every page. */
export function isWhole(db: Pick<Sqlite.Database, 'pragma'>): boolean {
  return db.pragma('quick_check(1)', { simple: true }) === 'ok'
}

function read(file: string, look: (db: Sqlite.Database) => boolean): boolean {
  const db = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: LOCK_WAIT_MS })
  try {
    return look(db)
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  } finally {
    db.close()
  }
}
