/** The face of storage: one object of typed functions over one connection. */
import { prepareAccountReads, prepareAccountWrites } from './accounts.ts'
import { prepareConversationReads, prepareConversationWrites } from './conversations.ts'
import { inTransaction, type WritableDB } from './database.ts'
import { prepareMessageReads } from './message-reads.ts'
import { prepareMessageWrites } from './messages.ts'
import { prepareInbox } from './inbox.ts'
import { prepareAvailability } from './availability.ts'
import { preparePeople } from './people.ts'
import { prepareServices } from './services.ts'
import { openDatabase } from './open.ts'
import { prepareRequestReads, prepareRequestWrites } from './requests.ts'
import { prepareRosterReads, prepareRosterWrites } from './roster.ts'
import { prepareSettingReads, prepareSettingWrites } from './settings.ts'
import { toStorageError } from './storage-errors.ts'
import type { Storage } from './storage.ts'

export interface StorageHooks {
  /** A function that took longer than 40 ms, by name: the main process was not answering meanwhile. */
  readonly onSlow?: ((name: string, ms: number) => void) | undefined
}

export interface StorageOptions extends StorageHooks {
  /** Made, with its folder, when missing. */
  readonly file: string
  /** Epoch milliseconds. */
  readonly now: () => number
}

export interface OpenedStorage {
  readonly storage: Storage
  /** The database was damaged: it lies here, and `storage` is a fresh one. */
  readonly setAside?: string
}

const SLOW_MS = 40

/** Throws StorageError: 'newer', 'locked', 'disk-full', 'other'. */
export function openStorage({ file, now, onSlow }: StorageOptions): OpenedStorage {
  const { db, setAside } = openDatabase(file, now)
  const storage = createStorage(db, { onSlow })
  return setAside === undefined ? { storage } : { storage, setAside }
}

/** Binds every function to a connection; its statements are prepared here, once. */
export function createStorage(db: WritableDB, hooks: StorageHooks = {}): Storage {
  const guarded = guardAll(
    {
      ...prepareAccountReads(db),
      ...prepareAccountWrites(db),
      ...prepareRosterReads(db),
      ...prepareRosterWrites(db),
      ...prepareRequestReads(db),
      ...prepareRequestWrites(db),
      ...prepareConversationReads(db),
      ...prepareConversationWrites(db),
      ...prepareMessageReads(db),
      ...prepareMessageWrites(db),
      ...prepareSettingReads(db),
      ...prepareSettingWrites(db),
      ...prepareInbox(db),
      ...prepareAvailability(db),
      ...preparePeople(db),
      ...prepareServices(db),
    },
    hooks,
  )
  return {
    ...guarded,
    // Not timed: the body's own work is in it.
    transaction: <T>(body: () => T): T => guard('transaction', inTransaction(db, body), {})(),
    close: () => void db.close(),
  }
}

type Functions = Readonly<Record<string, (...args: never[]) => unknown>>

function guardAll<F extends Functions>(functions: F, hooks: StorageHooks): F {
  const guarded = Object.entries(functions).map(([name, fn]) => [name, guard(name, fn, hooks)])
  return Object.fromEntries(guarded) as F
}

/** Errors become StorageError; slow calls are told of. */
function guard<A extends never[], R>(
  name: string,
  fn: (...args: A) => R,
  { onSlow }: StorageHooks,
): (...args: A) => R {
  return (...args) => {
    const start = performance.now()
    try {
      return fn(...args)
    } catch (error) {
      throw toStorageError(error, name)
    } finally {
      const ms = performance.now() - start
      if (ms > SLOW_MS) onSlow?.(name, ms)
    }
  }
}
