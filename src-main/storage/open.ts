/** Opens the database file: checks it, sets a damaged one aside, takes the only writer's lock, brings it up to date. */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { WritableDB } from './database.ts'
import { migrate, refuseNewer, userVersion } from './migrate.ts'
import { setAsideDatabase } from './set-aside.ts'
import { isDamage, toStorageError } from './storage-errors.ts'

export interface OpenedDatabase {
  readonly db: WritableDB
  /** Where the damaged file lies that was found here. */
  readonly setAside?: string
}

// Long enough for a Linnet that is just closing, short enough to wait for at start.
const LOCK_WAIT_MS = 1000

/**
 * `now` (epoch milliseconds) names a file that is set aside. Throws StorageError: 'newer' and 'locked' with nothing
 * touched, 'disk-full', 'other' (no permission, no folder).
 */
export function openDatabase(file: string, now: () => number): OpenedDatabase {
  try {
    if (isHealthy(file)) {
      const db = openHealthy(file)
      if (db !== undefined) return { db }
    }
    const setAside = setAsideDatabase(file, now())
    return { db: openWritable(file), setAside }
  } catch (error) {
    throw toStorageError(error, 'open')
  }
}

/** For tests: the same tables, nothing on disk. */
export function openMemoryDatabase(): WritableDB {
  return connect(':memory:')
}

/**
 * Looks at the whole file (1 ms a megabyte) through a read-only connection, which changes no byte of it or its
 * write-ahead log. A missing or empty file is healthy.
 */
function isHealthy(file: string): boolean {
  if (!existsSync(file) || statSync(file).size === 0) return true
  const db = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: LOCK_WAIT_MS })
  try {
    refuseNewer(userVersion(db))
    return db.pragma('quick_check(1)', { simple: true }) === 'ok'
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  } finally {
    db.close()
  }
}

/** Undefined when the damage shows only now, as the first statements run. */
function openHealthy(file: string): WritableDB | undefined {
  try {
    return openWritable(file)
  } catch (error) {
    if (isDamage(error)) return undefined
    throw error
  }
}

function openWritable(file: string): WritableDB {
  createPrivateFile(file)
  const db = connect(file)
  // Left by isHealthy; nobody else can be using it now that the lock is ours, and this connection needs none.
  rmSync(`${file}-shm`, { force: true })
  return db
}

function connect(file: string): WritableDB {
  const db = new Sqlite(file, { timeout: LOCK_WAIT_MS }) as WritableDB
  try {
    configure(db)
    migrate(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Readable by its owner alone whatever the umask; SQLite gives its -wal file the same mode. */
function createPrivateFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
}

function configure(db: WritableDB): void {
  // One process, one connection: a second Linnet on the same file gets 'locked' instead of a second outbox. A worker that
  // reads beside this connection needs NORMAL here and a lock of its own kind.
  db.pragma('locking_mode = EXCLUSIVE')
  db.pragma('journal_mode = WAL')
  // FULL: a commit is on the disk before the server hears that we have the message, so not even a power cut loses one.
  // (NORMAL would survive a crash of the app, but lose the last commits when the power goes.)
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  // What the user deletes is overwritten, not only unlinked.
  db.pragma('secure_delete = ON')
  db.pragma('temp_store = MEMORY')
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  // After a long catch-up the log shrinks again.
  db.pragma(`journal_size_limit = ${8 * 1024 * 1024}`)
}
