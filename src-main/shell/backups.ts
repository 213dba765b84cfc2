/** Backups of the whole profile: files that the user chooses, and a thread that does the work; one at a time. */
import { rmSync } from 'node:fs'
import { basename } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { UserError, type UserErrorCode } from '../contract/errors.ts'
import type { Events } from '../domain/app.types.ts'
import type { BackupTask, FailureReason, FromBackupWorker } from '../domain/backup/messages.ts'
import { checkBackup, dropStaged } from '../domain/backup/read.ts'
import { BackupRefused } from '../domain/backup/refused.ts'
import type { BackupChoice, BackupOutcome, RestoreOutcome } from '../model/history.ts'
import type { FileKind, Files } from './files.ts'
import type { Paths } from './paths.ts'
import { toFileError } from './write-in-slices.ts'

export interface Backups {
  /** Throws UserError 'busy', 'disk-full', 'file-not-written'. */
  create(windowId: number, password: string): Promise<BackupOutcome>
  /** Throws UserError 'backup-foreign', 'backup-newer', 'backup-damaged', 'file-unreadable'. */
  choose(windowId: number): Promise<BackupChoice>
  /** The file chosen last. As choose, and 'busy', 'backup-password', 'disk-full', 'not-found' without a file. */
  restore(password: string): Promise<RestoreOutcome>
  cancel(): void
}

export type StartBackupWorker = (task: BackupTask) => Worker

export interface BackupsOptions {
  readonly startWorker: StartBackupWorker
  readonly files: Pick<Files, 'chooseTarget' | 'chooseSource'>
  readonly paths: Pick<Paths, 'database' | 'restored'>
  readonly events: Pick<Events, 'emit'>
  readonly version: string
  /** Epoch milliseconds. */
  readonly now: () => number
}

const BACKUP: FileKind = {
  label: 'history.backupFile',
  extensions: ['linnet-backup'],
  fileName: 'Linnet.linnet-backup',
  maxBytes: 0,
}

export function createBackups(options: BackupsOptions): Backups {
  const { files, paths, now } = options
  let isBusy = false
  let chosen: string | undefined
  const work = createWork(options)
  dropCopy(copyOf(paths.database))

  async function alone<T>(task: () => Promise<T>): Promise<T> {
    if (isBusy) throw new UserError({ code: 'busy' })
    isBusy = true
    try {
      return await task()
    } finally {
      isBusy = false
    }
  }

  async function write(windowId: number, password: string): Promise<BackupOutcome> {
    const target = await files.chooseTarget(windowId, BACKUP)
    if (target === undefined) return { kind: 'cancelled' }
    const { database } = paths
    const copy = copyOf(database)
    const { version } = options
    const input = { database, target, copy, password, version, createdAt: now() }
    const isDone = await work.run({ kind: 'write', ...input })
    if (!isDone) {
      dropCopy(copy)
      rmSync(`${target}.part`, { force: true })
    }
    return isDone ? { kind: 'done', fileName: basename(target) } : { kind: 'cancelled' }
  }

  async function read(password: string): Promise<RestoreOutcome> {
    if (chosen === undefined) throw new UserError({ code: 'not-found' })
    const folder = paths.restored
    const isDone = await work.run({ kind: 'read', source: chosen, folder, password, now: now() })
    if (!isDone) dropStaged(folder)
    return { kind: isDone ? 'ready' : 'cancelled' }
  }

  return {
    create: (windowId, password) => alone(() => write(windowId, password)),
    async choose(windowId) {
      const file = await files.chooseSource(windowId, BACKUP)
      if (file === undefined) return { kind: 'cancelled' }
      try {
        checkBackup(file)
      } catch (error) {
        if (error instanceof BackupRefused) throw new UserError({ code: CODES[error.reason] })
        const known = toFileError(error)
        throw known instanceof UserError ? new UserError({ ...known.data, code: 'file-unreadable' }) : known
      }
      chosen = file
      return { kind: 'chosen', fileName: basename(file) }
    },
    restore: (password) => alone(() => read(password)),
    cancel: () => work.cancel(),
  }
}

const copyOf = (database: string): string => `${database}.copy`

/** Also one of a run that was killed while it made a backup: it is the whole history once more. */
function dropCopy(copy: string): void {
  for (const part of ['', '-journal', '-wal', '-shm']) rmSync(`${copy}${part}`, { force: true })
}

/** The one task that runs. */
function createWork({ startWorker, events }: BackupsOptions): {
  /** False when it was cancelled. Throws UserError. */
  run(task: BackupTask): Promise<boolean>
  cancel(): void
} {
  let end: (() => void) | undefined
  return {
    async run(task) {
      const worker = startWorker(task)
      try {
        return await new Promise<boolean>((resolve, reject) => {
          let isGivenUp = false
          end = () => {
            isGivenUp = true
            worker.terminate().catch(reject)
          }
          worker.on('error', reject)
          worker.on('exit', () => {
            if (isGivenUp) resolve(false)
            else reject(new Error('the worker of backups ended'))
          })
          worker.on('message', (message: FromBackupWorker) => {
            if (message.kind === 'progress') events.emit('backup.progressed', { done: message.done })
            else if (message.kind === 'done') resolve(true)
            else reject(new UserError({ code: CODES[message.reason], detail: message.detail }))
          })
        })
      } finally {
        end = undefined
        // Its files are closed when it is gone.
        await worker.terminate()
      }
    },
    cancel: () => end?.(),
  }
}

const CODES: { readonly [K in FailureReason]: UserErrorCode } = {
  password: 'backup-password',
  damaged: 'backup-damaged',
  foreign: 'backup-foreign',
  newer: 'backup-newer',
  'disk-full': 'disk-full',
  unreadable: 'file-unreadable',
  locked: 'file-not-written',
  other: 'file-not-written',
}
