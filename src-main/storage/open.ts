/** Opens the database file: takes the only Linnet's lock, checks it, sets a damaged one aside, brings it up to date. */
import { existsSync, rmSync, statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { preparingOnce, type ReadableDB, type WritableDB } from './database.ts'
import { isHealthy, SMALL_FILE_BYTES } from './health.ts'
import { createPrivateFile, LOCK_WAIT_MS, takeInstanceLock, type InstanceLock } from './instance-lock.ts'
import { migrate } from './migrate.ts'
import { setAsideDatabase } from './set-aside.ts'
import { isDamage, toStorageError } from './storage-errors.ts'

export interface OpenedDatabase {
  readonly db: WritableDB
  /** Goes with the connection. */
  readonly lock: InstanceLock
  /** Where the damaged file lies that was found here. */
  readonly setAside?: string
  /** It was not looked at as a whole, and it is time to: a day has passed, or the last run did not end in order. */
  readonly checkDue: boolean
}

const DAY_SECONDS = 86_400
// Of a running Linnet: the search worker writes for some milliseconds at a time.
const BUSY_WAIT_MS = 5000

/**
 * `now` (epoch milliseconds) names a file that is set aside. Throws StorageError: 'newer' and 'locked' with nothing
 * touched, 'disk-full', 'other' (no permission, no folder).
 */
export function openDatabase(file: string, now: () => number): OpenedDatabase {
  try {
    const lock = takeInstanceLock(file)
    try {
      return openLocked(file, now, lock)
    } catch (error) {
      lock.release()
      throw error
    }
  } catch (error) {
    throw toStorageError(error, 'open')
  }
}

/** For tests: the same tables, nothing on disk. */
export function openMemoryDatabase(): WritableDB {
  return connect(':memory:')
}

/** A second connection beside the one of openDatabase, for the search worker. */
export function openForReading(file: string): ReadableDB {
  const options = { readonly: true, fileMustExist: true, timeout: BUSY_WAIT_MS }
  const db = preparingOnce(new Sqlite(file, options)) as ReadableDB
  db.pragma('trusted_schema = OFF')
  db.pragma('temp_store = MEMORY')
  return db
}

/** A second one that writes what can be made again: its commits don't wait for the disk. */
export function openForIndexing(file: string): WritableDB {
  const db = preparingOnce(new Sqlite(file, { fileMustExist: true, timeout: BUSY_WAIT_MS })) as WritableDB
  configure(db)
  db.pragma('synchronous = NORMAL')
  return db
}

function openLocked(file: string, now: () => number, lock: InstanceLock): OpenedDatabase {
  const unclean = sizeOf(`${file}-wal`) > 0
  const checkedAt = lock.checkedAt()
  if (isHealthy(file, checkedAt === 0)) {
    const db = openHealthy(file, lock)
    if (db !== undefined) {
      const wasChecked = checkedAt === 0 || sizeOf(file) <= SMALL_FILE_BYTES
      const seconds = Math.floor(now() / 1000)
      if (wasChecked) lock.setCheckedAt(seconds)
      return { db, lock, checkDue: !wasChecked && (unclean || seconds - checkedAt > DAY_SECONDS) }
    }
  }
  const setAside = setAsideDatabase(file, now())
  return { db: openWritable(file, lock), lock, setAside, checkDue: false }
}

/** Undefined when the damage shows only now, as the first statements run. */
function openHealthy(file: string, lock: InstanceLock): WritableDB | undefined {
  try {
    return openWritable(file, lock)
  } catch (error) {
    if (isDamage(error)) return undefined
    throw error
  }
}

function openWritable(file: string, lock: InstanceLock): WritableDB {
  createPrivateFile(file)
  // Left by whoever only read; it is made anew, and the lock says that nobody is using it.
  rmSync(`${file}-shm`, { force: true })
  const db = connect(file)
  const close = db.close.bind(db)
  db.close = () => {
    close()
    lock.release()
    return db
  }
  return db
}

function connect(file: string): WritableDB {
  const db = preparingOnce(new Sqlite(file, { timeout: LOCK_WAIT_MS })) as WritableDB
  try {
    configure(db)
    // Mostly the search worker has done it before (Searcher.checkpoint, and whenever it writes the index).
    db.pragma('wal_autocheckpoint = 4000')
    migrate(db)
    db.pragma(`busy_timeout = ${BUSY_WAIT_MS}`)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function configure(db: WritableDB): void {
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

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0
}
