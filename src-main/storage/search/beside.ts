/** The main thread's side of the search worker: what is asked of it, what it tells. */
import type { Worker } from 'node:worker_threads'
import type { SearchPage } from '../../model/search.ts'
import { SearchCancelled, type Searcher } from '../search.types.ts'
import { StorageError } from '../storage.ts'
import { createAnswers } from './answers.ts'
import { createIndexingReport } from './indexing-report.ts'
import { createQuiet } from './quiet.ts'
import { createWorkerLife } from './worker-life.ts'
import type { FailureReason, FromWorker, ToWorker, WorkerData } from './worker-messages.ts'

/** Made by the composition root, which knows where the built file lies. */
export type StartWorker = (data: WorkerData) => Worker

// After the last thing that happened: a catch-up and the start of the application are over by then.
const QUIET_MS = 1500
const IDLE_MS = 30_000

export function createWorkerSearcher(
  file: string,
  startWorker: StartWorker,
  idleMs: number = IDLE_MS,
): Searcher {
  const answers = createAnswers()
  const quiet = createQuiet(QUIET_MS, () => {
    filling = true
    worker.say({ kind: 'index' })
  })
  const report = createIndexingReport()
  const damaged: (() => void)[] = []
  let closed = false
  /** The worker is filling the index, as far as we know. */
  let filling = false

  const worker = createWorkerLife(() => startWorker({ file }), idleMs, {
    receive,
    isBusy: () => filling || answers.waiting(),
    ended: () => {
      filling = false
      answers.failAll(errorOf('other', 'the search worker ended'))
    },
  })
  const say = (message: ToWorker): void => worker.say(message)

  function ask<T>(make: (request: number) => ToWorker): Promise<T> {
    return closed ? Promise.reject(new SearchCancelled()) : answers.ask((request) => say(make(request)))
  }
  function receive(message: FromWorker): void {
    switch (message.kind) {
      case 'found':
        return answers.resolve(message.request, message.page)
      case 'checked':
        if (!message.whole) tellDamage()
        return answers.resolve(message.request, message.whole)
      case 'failed':
        if (message.reason === 'damaged') tellDamage()
        return answers.reject(message.request, errorOf(message.reason, message.detail))
      case 'progress':
        filling &&= message.progress.indexed < message.progress.last
        return report.take(message.progress)
      case 'trouble':
        if (message.reason === 'damaged') tellDamage()
    }
  }
  function tellDamage(): void {
    for (const listener of damaged) listener()
  }
  return {
    search: (caller, query) => ask<SearchPage>((request) => ({ kind: 'search', request, caller, query })),
    cancel(caller) {
      if (worker.isThere()) say({ kind: 'cancel', caller })
    },
    touch() {
      if (closed) return
      // Whoever uses the database comes first: both want its writer's lock, and there may be only two cores.
      if (filling) say({ kind: 'rest' })
      filling = false
      quiet.touch()
    },
    checkpoint: () => void (closed || say({ kind: 'checkpoint' })),
    scrub: () => void (closed || say({ kind: 'scrub' })),
    check: () => ask<boolean>((request) => ({ kind: 'check', request })),
    indexing: report.current,
    onIndexing: report.on,
    onDamaged: (listener) => void damaged.push(listener),
    async close() {
      closed = true
      quiet.stop()
      answers.failAll(new SearchCancelled())
      await worker.close()
    },
  }
}

function errorOf(reason: FailureReason, detail: string): Error {
  return reason === 'cancelled' ? new SearchCancelled() : new StorageError(reason, detail)
}
