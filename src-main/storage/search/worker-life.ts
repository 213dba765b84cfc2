/** The search worker's coming and going: started when it is wanted, ended when it has had nothing to do for a while. */
import type { Worker } from 'node:worker_threads'
import { createQuiet } from './quiet.ts'
import type { FromWorker, ToWorker } from './worker-messages.ts'

export interface WorkerLife {
  isThere(): boolean
  /** To the one that is there, or else to a new one. */
  say(message: ToWorker): void
  /** In order; nothing may be said after it. */
  close(): Promise<void>
}

export interface WorkerHooks {
  receive(message: FromWorker): void
  /** It is still wanted. */
  isBusy(): boolean
  /** It ended by itself, or by `close`. */
  ended(): void
}

const CLOSE_WAIT_MS = 1000

/** Doing nothing, a thread holds several megabytes. `idleMs`: longer than whatever it does without a word. */
export function createWorkerLife(start: () => Worker, idleMs: number, hooks: WorkerHooks): WorkerLife {
  const idle = createQuiet(idleMs, letGo)
  let worker: Worker | undefined
  let leaving = Promise.resolve()
  let closed = false

  function ensure(): Worker {
    if (worker !== undefined) return worker
    const started = start()
    started.on('message', (message: FromWorker) => {
      idle.touch()
      hooks.receive(message)
    })
    // An error is followed by the exit.
    started.on('error', () => undefined)
    started.once('exit', () => {
      if (worker !== started) return
      worker = undefined
      hooks.ended()
    })
    started.unref()
    return (worker = started)
  }
  /** Whoever wants it meanwhile gets another. */
  function letGo(): void {
    if (closed || worker === undefined) return
    if (hooks.isBusy()) return idle.touch()
    leaving = end(worker)
    worker = undefined
  }
  return {
    isThere: () => worker !== undefined,
    say(message) {
      idle.touch()
      ensure().postMessage(message)
    },
    async close() {
      closed = true
      idle.stop()
      await leaving
      if (worker !== undefined) await end(worker)
    },
  }
}

/** In order where it can; a step that is under way is finished or undone either way. */
async function end(worker: Worker): Promise<void> {
  worker.ref()
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  worker.postMessage({ kind: 'close' } satisfies ToWorker)
  const late = setTimeout(() => void worker.terminate(), CLOSE_WAIT_MS)
  await ended
  clearTimeout(late)
}
