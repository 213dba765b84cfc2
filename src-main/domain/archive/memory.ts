/** What is known of each account's archive while the app runs: how far its load has come, and what is running. */
import type { ArchivePhase, ArchiveProgress } from '../../model/archive.ts'
import type { Storage } from '../../storage/storage.ts'
import type { Events } from '../app.types.ts'

export interface ArchiveMemory {
  /** Rows that came before stanza-ids could be trusted, with the id that they claim to have; believed once they can. */
  claimedIds(accountId: number): Map<number, string>
  list(storage: Storage): readonly ArchiveProgress[]
  phaseOf(accountId: number): ArchivePhase
  /** A new phase, or more of the same with `loaded` messages since. Tells everybody. */
  progressed(storage: Storage, accountId: number, phase: ArchivePhase, loaded?: number): void
}

interface Entry {
  readonly phase: ArchivePhase
  readonly loaded: number
}

export function createArchiveMemory(events: Events): ArchiveMemory {
  const entries = new Map<number, Entry>()
  const claimed = new Map<number, Map<number, string>>()
  const entryOf = (accountId: number): Entry => entries.get(accountId) ?? { phase: 'unknown', loaded: 0 }

  function progressOf(storage: Storage, accountId: number): ArchiveProgress {
    const known = storage.findArchive(accountId)
    const since = known?.first.stampMs
    return {
      accountId,
      ...entryOf(accountId),
      ...(since === undefined ? {} : { since }),
      complete: known?.fromStart === true,
    }
  }

  return {
    claimedIds(accountId) {
      const known = claimed.get(accountId) ?? new Map<number, string>()
      claimed.set(accountId, known)
      return known
    },
    list: (storage) => storage.listAccounts().map(({ id }) => progressOf(storage, id)),
    phaseOf: (accountId) => entryOf(accountId).phase,
    progressed(storage, accountId, phase, loaded = 0) {
      const before = entryOf(accountId)
      const sum = before.phase === phase ? before.loaded + loaded : loaded
      if (before.phase === phase && loaded === 0) return
      entries.set(accountId, { phase, loaded: sum })
      events.emit('archive.progressed', { progress: progressOf(storage, accountId) })
    },
  }
}
