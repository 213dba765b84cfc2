/** The search worker: a thread with a connection that reads, for searching, and one that writes, for the index alone. */
import { parentPort, workerData } from 'node:worker_threads'
import { openForIndexing, openForReading } from '../open.ts'
import { isWhole } from '../health.ts'
import { isDamage, toStorageError } from '../storage-errors.ts'
import { StorageError } from '../storage.ts'
import { SearchCancelled } from '../search.types.ts'
import { createIndexingLoop } from './indexing-loop.ts'
import { prepareIndexing } from './indexing.ts'
import { prepareSearch } from './reading.ts'
import { createRunner } from './runner.ts'
import type { FailureReason, FromWorker, ToWorker, WorkerData } from './worker-messages.ts'

const { file } = workerData as WorkerData
const reading = openForReading(file)
const writing = openForIndexing(file)
const runner = createRunner(prepareSearch(reading), () => new Promise((resolve) => setImmediate(resolve)))
const loop = createIndexingLoop(prepareIndexing(writing), {
  onProgress: (progress) => say({ kind: 'progress', progress }),
  onTrouble: (error) => say({ kind: 'trouble', ...reasonOf(error) }),
})

const SCRUB_TRIES = 20
const SCRUB_PAUSE_MS = 250

parentPort?.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'search':
      void answer(message.request, async () => {
        const page = await runner.search(message.caller, message.query)
        say({ kind: 'found', request: message.request, page })
      })
      break
    case 'cancel':
      runner.cancel(message.caller)
      break
    case 'index':
      loop.start()
      break
    case 'rest':
      loop.stop()
      break
    case 'checkpoint':
      checkpoint()
      break
    case 'scrub':
      scrub(SCRUB_TRIES)
      break
    case 'check':
      void answer(message.request, () => {
        say({ kind: 'checked', request: message.request, whole: check() })
      })
      break
    case 'close':
      loop.stop()
      reading.close()
      writing.close()
      parentPort?.close()
  }
})

/** As far as it goes without holding anybody up. */
function checkpoint(): void {
  try {
    writing.pragma('wal_checkpoint(PASSIVE)')
  } catch (error) {
    say({ kind: 'trouble', ...reasonOf(error) })
  }
}

/** Most of it first without holding anybody up; the log is emptied between what others do, so it may take some tries. */
function scrub(tries: number): void {
  checkpoint()
  try {
    const [outcome] = writing.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[]
    if (outcome?.busy === 0 || tries <= 1) return
  } catch (error) {
    if (tries <= 1) return say({ kind: 'trouble', ...reasonOf(error) })
  }
  setTimeout(() => {
    if (writing.open) scrub(tries - 1)
  }, SCRUB_PAUSE_MS)
}

function check(): boolean {
  try {
    return isWhole(reading)
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  }
}

async function answer(request: number, body: () => void | Promise<void>): Promise<void> {
  try {
    await body()
  } catch (error) {
    say({ kind: 'failed', request, ...reasonOf(error) })
  }
}

function reasonOf(error: unknown): { reason: FailureReason; detail: string } {
  if (error instanceof SearchCancelled) return { reason: 'cancelled', detail: '' }
  const known = toStorageError(error, 'search')
  const detail = known instanceof Error ? known.message : 'unknown error'
  return { reason: known instanceof StorageError ? known.code : 'other', detail }
}

function say(message: FromWorker): void {
  parentPort?.postMessage(message)
}
