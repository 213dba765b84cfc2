/** Runs searches in turns with everything else that wants the thread; a caller's newer search ends its older one. */
import type { SearchPage } from '../../model/search.ts'
import { SearchCancelled } from '../search.types.ts'
import type { SearchQuery } from '../search.types.ts'
import type { Steps } from './reading.ts'

export interface SearchRunner {
  /** Rejects with SearchCancelled, or with what SQLite throws. */
  search(caller: string, query: SearchQuery): Promise<SearchPage>
  cancel(caller: string): void
}

/** `pause` lets others run: what they ask for may end this search. */
export function createRunner(
  search: (query: SearchQuery) => Steps<SearchPage>,
  pause: () => Promise<void>,
): SearchRunner {
  const latest = new Map<string, symbol>()

  async function run(caller: string, query: SearchQuery): Promise<SearchPage> {
    const self = Symbol('search')
    latest.set(caller, self)
    const steps = search(query)
    try {
      for (;;) {
        if (latest.get(caller) !== self) throw new SearchCancelled()
        const step = steps.next()
        if (step.done === true) return step.value
        await pause()
      }
    } finally {
      if (latest.get(caller) === self) latest.delete(caller)
    }
  }
  return { search: run, cancel: (caller) => void latest.delete(caller) }
}
