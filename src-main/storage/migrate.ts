/** Brings a database to this version's tables, step by step. `user_version` counts the steps done. */
import { inTransaction, type WritableDB } from './database.ts'
import { createFirstTables } from './migrations/0001-accounts-roster-messages.ts'
import { addInbox } from './migrations/0002-inbox.ts'
import { addAvailability } from './migrations/0003-availability.ts'
import { addPeople } from './migrations/0004-people.ts'
import { addServices } from './migrations/0005-services.ts'
import { addConnection } from './migrations/0006-connection.ts'
import { StorageError } from './storage.ts'

/** Never edited or reordered after a release, only added to. */
export const MIGRATIONS: readonly ((db: WritableDB) => void)[] = [
  createFirstTables,
  addInbox,
  addAvailability,
  addPeople,
  addServices,
  addConnection,
]

/** Throws StorageError 'newer' for a database of a later Linnet, which must not be touched. */
export function refuseNewer(userVersion: number): void {
  if (userVersion <= MIGRATIONS.length) return
  throw new StorageError('newer', `database version ${userVersion}, this Linnet knows ${MIGRATIONS.length}`)
}

/** Each step is one transaction together with its number: a crash between two leaves a whole database. */
export function migrate(db: WritableDB, migrations = MIGRATIONS): void {
  for (let version = userVersion(db) + 1; version <= migrations.length; version += 1) {
    inTransaction(db, () => {
      migrations[version - 1]?.(db)
      db.pragma(`user_version = ${version}`)
    })()
  }
}

export function userVersion(db: Pick<WritableDB, 'pragma'>): number {
  return Number(db.pragma('user_version', { simple: true }))
}
