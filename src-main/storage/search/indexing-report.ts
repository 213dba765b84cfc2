/** How far the index is, for people: only while it takes long enough to be noticed, and in whole hundredths. */
import type { Indexing } from '../../model/search.ts'
import type { IndexProgress } from './indexing.ts'

export interface IndexingReport {
  take(progress: IndexProgress): void
  current(): Indexing | undefined
  on(listener: (indexing: Indexing | undefined) => void): void
}

// Fewer messages than this are in the index before anybody could read that they are not.
const WORTH_SHOWING = 20_000

export function createIndexingReport(): IndexingReport {
  const listeners: ((indexing: Indexing | undefined) => void)[] = []
  let current: Indexing | undefined
  return {
    take({ indexed, last }) {
      const done = Math.floor((indexed / last) * 100) / 100
      const next = last - indexed < WORTH_SHOWING ? undefined : { done }
      if (next?.done === current?.done) return
      current = next
      for (const listener of listeners) listener(next)
    },
    current: () => current,
    on: (listener) => void listeners.push(listener),
  }
}
