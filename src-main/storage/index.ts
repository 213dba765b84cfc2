/** The face of storage: one object of typed functions over one connection. */
import { prepareAccountReads, prepareAccountWrites } from './accounts.ts'
import { prepareConversationReads, prepareConversationWrites } from './conversations.ts'
import { inTransaction, unsynced, type WritableDB } from './database.ts'
import { prepareMessageReads } from './message-reads.ts'
import { prepareMessageWrites } from './messages.ts'
import { prepareInbox } from './inbox.ts'
import { prepareAvailability } from './availability.ts'
import { preparePeople } from './people.ts'
import { prepareServices } from './services.ts'
import { prepareArchive } from './archive.ts'
import { prepareDevices } from './devices.ts'
import { prepareReceipts } from './receipts.ts'
import { prepareActions } from './actions.ts'
import { prepareReplies } from './replies.ts'
import { createWorkerSearcher, type StartWorker } from './search/beside.ts'
import { createLocalSearcher } from './search/local.ts'
import type { Searcher } from './search.types.ts'
import { prepareStreams } from './streams.ts'
import { prepareSchedule } from './schedule.ts'
import { prepareRoomReaders } from './room-readers.ts'
import { prepareRooms } from './rooms.ts'
import { prepareClearing } from './clearing.ts'
import { prepareLinks } from './links.ts'
import { prepareBookmarks } from './bookmarks.ts'
import { prepareMessageRequests } from './message-requests.ts'
import { prepareAccountOrder } from './account-order.ts'
import { preparePreferences } from './preferences.ts'
import { prepareInvites } from './invites.ts'
import { preparePictures } from './pictures.ts'
import { prepareNicknames } from './nicknames.ts'
import { prepareWrittenTo } from './written-to.ts'
import { preparePersonPictures } from './person-pictures.ts'
import { openDatabase } from './open.ts'
import { prepareRequestReads, prepareRequestWrites } from './requests.ts'
import { prepareRosterReads, prepareRosterWrites } from './roster.ts'
import { prepareSettingReads, prepareSettingWrites } from './settings.ts'
import { toStorageError } from './storage-errors.ts'
import { StorageError, type Storage } from './storage.ts'

export interface StorageHooks {
  /** A function that took longer than 40 ms, by name: the main process was not answering meanwhile. */
  readonly onSlow?: ((name: string, ms: number) => void) | undefined
  /** Where words are searched; beside the main thread, or else on this connection. */
  readonly searcher?: Searcher | undefined
  /** A function failed because the file is damaged. */
  readonly onDamaged?: (() => void) | undefined
}

export interface StorageOptions extends Pick<StorageHooks, 'onSlow'> {
  /** Made, with its folder, when missing. */
  readonly file: string
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Starts the search worker; without it, searching is done on the main thread. */
  readonly startSearchWorker?: StartWorker | undefined
}

export interface OpenedStorage {
  readonly storage: Storage
  /** The database was damaged: it lies here, and `storage` is a fresh one. */
  readonly setAside?: string
}

const SLOW_MS = 40
/** Each is a hundred pages or two. */
const UNSYNCED_A_CHECKPOINT = 8
const CHECK_DELAY_MS = 20_000

/** Throws StorageError: 'newer', 'locked', 'disk-full', 'other'. */
export function openStorage({ file, now, onSlow, startSearchWorker }: StorageOptions): OpenedStorage {
  const { db, lock, setAside, checkDue } = openDatabase(file, now)
  // The next start looks at the whole file before it uses it.
  const onDamaged = (): void => lock.setCheckedAt(0)
  const searcher = startSearchWorker && createWorkerSearcher(file, startSearchWorker)
  searcher?.onDamaged(onDamaged)
  const storage = createStorage(db, { onSlow, searcher, onDamaged })
  if (checkDue) checkInBackground(storage.searcher, () => lock.setCheckedAt(now() / 1000))
  return setAside === undefined ? { storage } : { storage, setAside }
}

/** Not before the application has had time to start. */
function checkInBackground(searcher: Searcher, onWhole: () => void): void {
  const check = async (): Promise<void> => {
    if ((await searcher.check()) === true) onWhole()
  }
  setTimeout(() => void check().catch(() => undefined), CHECK_DELAY_MS).unref()
}

/** Binds every function to a connection; its statements are prepared here, once. */
export function createStorage(db: WritableDB, hooks: StorageHooks = {}): Storage {
  const searcher = hooks.searcher ?? createLocalSearcher(db)
  let unsyncedCount = 0
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
      ...prepareWrittenTo(db),
      ...prepareMessageWrites(db),
      ...prepareSettingReads(db),
      ...prepareSettingWrites(db),
      ...prepareInbox(db),
      ...prepareAvailability(db),
      ...preparePeople(db),
      ...prepareServices(db),
      ...prepareArchive(db),
      ...prepareDevices(db),
      ...prepareReceipts(db),
      ...prepareActions(db),
      ...prepareReplies(db),
      ...prepareStreams(db),
      ...prepareSchedule(db),
      ...prepareRooms(db),
      ...prepareRoomReaders(db),
      ...prepareBookmarks(db),
      ...prepareLinks(db),
      ...prepareAccountOrder(db),
      ...prepareClearing(db),
      ...preparePreferences(db),
      ...prepareMessageRequests(db),
      ...prepareInvites(db),
      ...preparePictures(db),
      ...preparePersonPictures(db),
      ...prepareNicknames(db),
    },
    { ...hooks, searcher },
  )
  return {
    ...guarded,
    searcher,
    // Not timed: the body's own work is in it.
    transaction: <T>(body: () => T): T => guard('transaction', inTransaction(db, body), {})(),
    unsyncedTransaction: <T>(body: () => T): T => {
      const outcome = guard('transaction', unsynced(db, inTransaction(db, body)), {})()
      unsyncedCount += 1
      if (unsyncedCount % UNSYNCED_A_CHECKPOINT === 0) searcher.checkpoint()
      return outcome
    },
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
  { onSlow, onDamaged, searcher }: StorageHooks,
): (...args: A) => R {
  return (...args) => {
    const start = performance.now()
    try {
      return fn(...args)
    } catch (error) {
      const known = toStorageError(error, name)
      if (known instanceof StorageError && known.code === 'damaged') onDamaged?.()
      throw known
    } finally {
      searcher?.touch()
      const ms = performance.now() - start
      if (ms > SLOW_MS) onSlow?.(name, ms)
    }
  }
}
