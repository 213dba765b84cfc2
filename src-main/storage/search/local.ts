/** Searching without a worker, on the same connection: for databases in memory and programs without windows. */
import type { ReadableDB } from '../database.ts'
import type { Searcher } from '../search.types.ts'
import { toStorageError } from '../storage-errors.ts'
import { prepareSearch } from './reading.ts'
import { createRunner } from './runner.ts'

/** It never fills the index; searching is complete without. */
export function createLocalSearcher(db: ReadableDB): Searcher {
  const runner = createRunner(prepareSearch(db), () => Promise.resolve())
  return {
    search: (caller, query) =>
      runner.search(caller, query).catch((error: unknown) => {
        throw toStorageError(error, 'search')
      }),
    cancel: runner.cancel,
    touch() {},
    checkpoint() {},
    scrub() {},
    check: () => Promise.resolve(undefined),
    indexing: () => undefined,
    onIndexing() {},
    onDamaged() {},
    close: () => Promise.resolve(),
  }
}
