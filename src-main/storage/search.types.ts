/** Finding words in the history: what the domain may ask. Days are found by pageMessages. */
import type { MessageKey } from '../model/message.ts'
import type { Indexing, SearchPage } from '../model/search.ts'

export interface SearchQuery {
  /** As typed; without a word in it nothing is found. */
  readonly text: string
  /** Only there. */
  readonly conversationId?: number | undefined
  /** Older than this. */
  readonly before?: MessageKey | undefined
  readonly limit: number
}

/** Searching may take longer than a frame: it is done beside the main thread, on a connection that only reads. */
export interface Searcher {
  /**
   * Rejects with SearchCancelled when another search with the same `caller` begins or `cancel` is called; with
   * StorageError when the database can't be read.
   */
  search(caller: string, query: SearchQuery): Promise<SearchPage>
  cancel(caller: string): void
  /** Something was written: the index is brought up to it soon. */
  touch(): void
  /** Much was written: it is taken from the write-ahead log into the file beside the main thread, which would wait for the disk. */
  checkpoint(): void
  /**
   * Something was deleted for good: what lies in the write-ahead log goes into the file, where it is overwritten, and the log is
   * emptied, which would keep it in words until much more is written.
   */
  scrub(): void
  /** Looks at the whole database file; undefined where there is no file. */
  check(): Promise<boolean | undefined>
  indexing(): Indexing | undefined
  /** Called whenever `indexing` changes in a way worth showing. */
  onIndexing(listener: (indexing: Indexing | undefined) => void): void
  /** Called when reading showed that the file is damaged. */
  onDamaged(listener: () => void): void
  /** Before the storage itself is closed. */
  close(): Promise<void>
}

/** The search was ended by a newer one, or because nobody waits for it any more. */
export class SearchCancelled extends Error {
  override readonly name = 'SearchCancelled'
}
