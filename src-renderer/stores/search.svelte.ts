/** What windows know of the search: whether its index is still being made, and the search over all chats. */
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { AppState } from '../../src-main/contract/snapshot.ts'
import type { ArchiveProgress } from '../../src-main/model/archive.ts'
import type { Indexing } from '../../src-main/model/search.ts'
import type { Client } from '../bridge.ts'
import { WordSearch } from './word-search.svelte.ts'

export class SearchStore {
  indexing = $state.raw<Indexing | null>(null)
  /** The list of chats gives its place to it. */
  shown = $state(false)
  /** How often it was asked for: each time the field gets the focus. */
  asked = $state(0)
  readonly all: WordSearch

  #archives = $state.raw<readonly ArchiveProgress[]>([])

  constructor(private readonly client: Client) {
    this.all = new WordSearch((query) => client.invoke('search.find', query))
  }

  open(): void {
    this.shown = true
    this.asked += 1
  }

  close(): void {
    this.shown = false
    // One that fails has nobody to tell.
    if (this.all.phase === 'searching') this.client.invoke('search.cancel', {}).catch(() => undefined)
    this.all.type('')
  }

  /** Whether the server has history of this account that is not here yet. */
  mayBeOlder(accountId: number): boolean {
    const archive = this.#archives.find((each) => each.accountId === accountId)
    return archive !== undefined && archive.phase !== 'none' && !archive.complete
  }

  start({ indexing, archives }: AppState): void {
    this.indexing = indexing
    this.#archives = archives
  }

  apply(event: AppEvent): void {
    if (event.name === 'search.indexing') this.indexing = event.payload.indexing
    if (event.name === 'archive.progressed') {
      const { progress } = event.payload
      const others = this.#archives.filter(({ accountId }) => accountId !== progress.accountId)
      this.#archives = [...others, progress]
    }
  }
}
