/** What the main thread and the search worker say to each other. */
import type { SearchPage } from '../../model/search.ts'
import type { StorageErrorCode } from '../storage.ts'
import type { SearchQuery } from '../search.types.ts'
import type { IndexProgress } from './indexing.ts'

export interface WorkerData {
  readonly file: string
}

export type ToWorker =
  | {
      readonly kind: 'search'
      readonly request: number
      readonly caller: string
      readonly query: SearchQuery
    }
  | { readonly kind: 'cancel'; readonly caller: string }
  /** Bring the index up to the messages. */
  | { readonly kind: 'index' }
  /** Leave it at that until asked again. */
  | { readonly kind: 'rest' }
  /** Take what lies in the write-ahead log into the database file. */
  | { readonly kind: 'checkpoint' }
  /** The same, and leave nothing in the log. */
  | { readonly kind: 'scrub' }
  /** Look at the whole file. */
  | { readonly kind: 'check'; readonly request: number }
  /** Close the connections and end. */
  | { readonly kind: 'close' }

export type FromWorker =
  | { readonly kind: 'found'; readonly request: number; readonly page: SearchPage }
  | { readonly kind: 'checked'; readonly request: number; readonly whole: boolean }
  | {
      readonly kind: 'failed'
      readonly request: number
      readonly reason: FailureReason
      readonly detail: string
    }
  | { readonly kind: 'progress'; readonly progress: IndexProgress }
  /** The index could not be written. */
  | { readonly kind: 'trouble'; readonly reason: FailureReason; readonly detail: string }

export type FailureReason = StorageErrorCode | 'cancelled'
