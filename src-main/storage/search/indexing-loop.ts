/** Fills the index in the background: short steps with rests between, so that neither disk nor writer is held for long. */
import type { Indexer, IndexProgress } from './indexing.ts'

export interface IndexingLoop {
  /** Goes on until nothing is left to do. */
  start(): void
  stop(): void
}

export interface IndexingHooks {
  readonly onProgress: (progress: IndexProgress) => void
  /** The loop rests until it is started again. */
  readonly onTrouble: (error: unknown) => void
}

const REST_MS = 4
const REPORT_EVERY_MS = 500

export function createIndexingLoop(indexer: Indexer, { onProgress, onTrouble }: IndexingHooks): IndexingLoop {
  let timer: NodeJS.Timeout | undefined
  let reportedAt = 0

  function report(now: number): void {
    reportedAt = now
    onProgress(indexer.progress())
  }
  function turn(): void {
    timer = undefined
    try {
      const more = indexer.step()
      const now = performance.now()
      if (!more || now - reportedAt > REPORT_EVERY_MS) report(now)
      if (more) timer = setTimeout(turn, REST_MS)
    } catch (error) {
      onTrouble(error)
    }
  }
  return {
    start() {
      timer ??= setTimeout(turn, 0)
    },
    stop() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
