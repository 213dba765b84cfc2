/**
 * Keeps a second Linnet off the database: the database itself may have several connections of ours (the search worker's),
 * so the lock is on an empty file of its own. That file also remembers when the database was last looked at as a whole.
 */
import { chmodSync, closeSync, mkdirSync, openSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { isDamage } from './storage-errors.ts'

export interface InstanceLock {
  /** Epoch seconds; 0: never, or there are signs of damage. */
  readonly checkedAt: () => number
  setCheckedAt(seconds: number): void
  release(): void
}

// Long enough for a Linnet that is just closing, short enough to wait for at start.
export const LOCK_WAIT_MS = 1000

/** Throws SQLITE_BUSY when another one holds it. The file stays: removing it would let two in at the same moment. */
export function takeInstanceLock(file: string): InstanceLock {
  const path = `${file}-lock`
  createPrivateFile(path)
  try {
    return hold(path)
  } catch (error) {
    if (!isDamage(error)) throw error
    rmSync(path)
    createPrivateFile(path)
    return hold(path)
  }
}

/** Readable by its owner alone whatever the umask; SQLite gives its side files the same mode. */
export function createPrivateFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
}

/** The system lets go of it when the process ends, however it ends. */
function hold(path: string): InstanceLock {
  const db = new Sqlite(path, { timeout: LOCK_WAIT_MS })
  try {
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('journal_mode = MEMORY')
    db.exec('BEGIN EXCLUSIVE; COMMIT')
  } catch (error) {
    db.close()
    throw error
  }
  return {
    checkedAt: () => Number(db.pragma('user_version', { simple: true })),
    setCheckedAt: (seconds) => void db.pragma(`user_version = ${Math.floor(seconds)}`),
    release: () => void db.close(),
  }
}
