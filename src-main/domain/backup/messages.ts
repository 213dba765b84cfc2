/** What the worker of backups is told when it starts, and what it says. */
import type { StorageErrorCode } from '../../storage/storage.ts'
import type { RestoreInput } from './read.ts'
import type { RefusalReason } from './refused.ts'
import type { BackupInput } from './write.ts'

export type BackupTask =
  ({ readonly kind: 'write' } & BackupInput) | ({ readonly kind: 'read' } & RestoreInput)

/** unreadable: the file system did not give it; `detail` has its code. */
export type FailureReason = RefusalReason | StorageErrorCode | 'unreadable'

export type FromBackupWorker =
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly reason: FailureReason; readonly detail: string }
