/** One search for words: what is typed, what was found so far, and which of it is chosen. */
import type { MessageKey } from '../../src-main/model/message.ts'
import type { SearchHit, SearchPage } from '../../src-main/model/search.ts'

export interface FindWords {
  (query: { text: string; before?: MessageKey; limit: number }): Promise<SearchPage>
}

const PAGE_SIZE = 50
// Between two keys of a person who types; the main process ends older searches itself.
const TYPING_MS = 120

export class WordSearch {
  text = $state('')
  /** idle: nothing to search for. */
  phase = $state<'idle' | 'searching' | 'done' | 'failed'>('idle')
  /** Newest first. */
  hits = $state.raw<readonly SearchHit[]>([])
  hasMore = $state(false)
  /** How many there are in all, where that is known. */
  total = $state<number | undefined>(undefined)
  /** There are more than `total`. */
  isTotalMore = $state(false)
  #turn = 0
  #loading = false
  #typing: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly find: FindWords) {}

  /** Searches once the typing pauses; what was found for the text before stays until then. */
  type(text: string): void {
    this.text = text
    clearTimeout(this.#typing)
    this.#turn += 1
    if (text.trim() === '') return this.#show('idle', { hits: [], hasMore: false })
    this.phase = 'searching'
    this.#typing = setTimeout(() => void this.search(), TYPING_MS)
  }

  /** At once, and anew. */
  async search(): Promise<void> {
    clearTimeout(this.#typing)
    const turn = ++this.#turn
    const { text } = this
    if (text.trim() === '') return
    this.phase = 'searching'
    try {
      const page = await this.find({ text, limit: PAGE_SIZE })
      if (turn === this.#turn) this.#show('done', page)
    } catch {
      if (turn === this.#turn) this.#show('failed', { hits: [], hasMore: false })
    }
  }

  /** The next page; nothing while one is on its way. A failure is tried again by the next scroll. */
  async loadMore(): Promise<void> {
    const last = this.hits.at(-1)
    if (this.#loading || this.phase !== 'done' || !this.hasMore || last === undefined) return
    const turn = this.#turn
    this.#loading = true
    try {
      const before = { place: last.place, id: last.id }
      const { hits, hasMore } = await this.find({ text: this.text, before, limit: PAGE_SIZE })
      if (turn !== this.#turn) return
      this.hits = [...this.hits, ...hits]
      this.hasMore = hasMore
    } catch {
      // What is there stays.
    } finally {
      this.#loading = false
    }
  }

  /** Nobody waits any more. */
  stop(): void {
    clearTimeout(this.#typing)
    this.#turn += 1
  }

  #show(phase: 'idle' | 'done' | 'failed', { hits, hasMore, total, isTotalMore }: SearchPage): void {
    this.phase = phase
    this.hits = hits
    this.hasMore = hasMore
    this.total = total
    this.isTotalMore = isTotalMore === true
  }
}
