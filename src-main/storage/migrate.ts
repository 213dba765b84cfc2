/** Brings a database to this version's tables, step by step. `user_version` counts the steps done. */
import { inTransaction, type WritableDB } from './database.ts'
import { createFirstTables } from './migrations/0001-accounts-roster-messages.ts'
import { addInbox } from './migrations/0002-inbox.ts'
import { addAvailability } from './migrations/0003-availability.ts'
import { addPeople } from './migrations/0004-people.ts'
import { addServices } from './migrations/0005-services.ts'
import { addConnection } from './migrations/0006-connection.ts'
import { addArchive } from './migrations/0007-archive.ts'
import { addDevices } from './migrations/0008-devices.ts'
import { addReceipts } from './migrations/0009-receipts.ts'
import { addActions } from './migrations/0010-actions.ts'
import { addReplies } from './migrations/0011-replies.ts'
import { addSearch } from './migrations/0012-search.ts'
import { addStreams } from './migrations/0013-streams.ts'
import { addLinks } from './migrations/0014-links.ts'
import { addSchedule } from './migrations/0015-schedule.ts'
import { addRooms } from './migrations/0016-rooms.ts'
import { addInvitations } from './migrations/0017-invitations.ts'
import { addLinkPictures } from './migrations/0018-link-pictures.ts'
import { addScheduledExtras } from './migrations/0019-scheduled-extras.ts'
import { addSeveralAccounts } from './migrations/0020-accounts.ts'
import { addCleared } from './migrations/0021-cleared.ts'
import { addRequests } from './migrations/0022-requests.ts'
import { addWays } from './migrations/0023-ways.ts'
import { addRoomReaders } from './migrations/0024-room-readers.ts'
import { addInvites } from './migrations/0025-invites.ts'
import { addAvatars } from './migrations/0026-avatars.ts'
import { addPersonPictures } from './migrations/0027-person-pictures.ts'
import { addNicknames } from './migrations/0028-nicknames.ts'
import { addFewerOriginIds } from './migrations/0029-origin-ids.ts'
import { StorageError } from './storage.ts'

/** Never edited or reordered after a release, only added to. */
export const MIGRATIONS: readonly ((db: WritableDB) => void)[] = [
  createFirstTables,
  addInbox,
  addAvailability,
  addPeople,
  addServices,
  addConnection,
  addArchive,
  addDevices,
  addReceipts,
  addActions,
  addReplies,
  addSearch,
  addStreams,
  addLinks,
  addSchedule,
  addRooms,
  addInvitations,
  addLinkPictures,
  addScheduledExtras,
  addSeveralAccounts,
  addCleared,
  addRequests,
  addWays,
  addRoomReaders,
  addInvites,
  addAvatars,
  addPersonPictures,
  addNicknames,
  addFewerOriginIds,
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
