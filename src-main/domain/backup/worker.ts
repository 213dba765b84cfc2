/** The worker of backups: one task, in a thread of its own; who wants it to end ends the thread. */
import { parentPort, workerData } from 'node:worker_threads'
import { toStorageError } from '../../storage/storage-errors.ts'
import { StorageError } from '../../storage/storage.ts'
import type { BackupTask, FailureReason, FromBackupWorker } from './messages.ts'
import { readBackup } from './read.ts'
import { BackupRefused } from './refused.ts'
import { writeBackup } from './write.ts'

const STEP = 0.01
let told = 0

function progress(done: number): void {
  if (done - told < STEP) return
  told = done
  say({ kind: 'progress', done })
}

function say(message: FromBackupWorker): void {
  parentPort?.postMessage(message)
}

async function run(task: BackupTask): Promise<void> {
  try {
    if (task.kind === 'write') await writeBackup(task, progress)
    else readBackup(task, progress)
    say({ kind: 'done' })
  } catch (error) {
    say({ kind: 'failed', ...reasonOf(error) })
  }
}

function reasonOf(error: unknown): { readonly reason: FailureReason; readonly detail: string } {
  if (error instanceof BackupRefused) return { reason: error.reason, detail: '' }
  const known = toStorageError(error, 'backup')
  const detail = known instanceof Error ? known.message : 'unknown error'
  return { reason: known instanceof StorageError ? known.code : 'other', detail }
}

void run(workerData as BackupTask)
