/** What a search has found so far, newest first, and how a row becomes a hit. */
import type { SearchHit, SearchPage } from '../../model/search.ts'
import { bareOf, type Jid } from '../../model/jid.ts'
import type { MessageKey } from '../../model/message.ts'
import { findTerms, type Term } from './query.ts'
import { snippetOf, writtenForms } from './snippet.ts'

export interface SearchRow {
  readonly id: number
  readonly account_id: number
  readonly conversation_id: number
  readonly direction: 'in' | 'out'
  readonly sender: Jid
  readonly author_nick: string | null
  readonly body: string
  readonly sent_at: number
  readonly place: number
}

export interface Wanted {
  readonly terms: readonly Term[]
  readonly before: MessageKey
  readonly limit: number
}

export interface Found {
  offer(row: SearchRow | undefined): void
  /** Whether the page is full of what is newer than this place. */
  isFullAbove(place: number): boolean
  page(): SearchPage
}

export function createFound({ terms, before, limit }: Wanted): Found {
  let hits: SearchHit[] = []
  let seenUnsorted = 0
  function settle(): void {
    hits = hits.sort(newestFirst).slice(0, limit + 1)
    seenUnsorted = 0
  }
  return {
    offer(row) {
      if (row === undefined || !isBefore(row, before)) return
      const hit = toHit(row, terms)
      if (hit === undefined) return
      hits.push(hit)
      seenUnsorted += 1
      if (seenUnsorted > 4 * limit) settle()
    },
    isFullAbove(place) {
      settle()
      return hits.length > limit && (hits[limit]?.place ?? 0) > place
    },
    page() {
      settle()
      return { hits: hits.slice(0, limit), hasMore: hits.length > limit }
    },
  }
}

/** Undefined when the words are not in it (any more). */
export function toHit(row: SearchRow | undefined, terms: readonly Term[]): SearchHit | undefined {
  if (row === undefined) return undefined
  const ranges = findTerms(row.body, terms)
  if (ranges === undefined) return undefined
  return {
    id: row.id,
    place: row.place,
    accountId: row.account_id,
    conversationId: row.conversation_id,
    direction: row.direction,
    sender: bareOf(row.sender),
    ...(row.author_nick === null ? {} : { author: row.author_nick }),
    sentAt: row.sent_at,
    snippet: snippetOf(row.body, ranges),
    found: writtenForms(row.body, ranges),
  }
}

export function isBefore(key: MessageKey, before: MessageKey): boolean {
  return key.place < before.place || (key.place === before.place && key.id < before.id)
}

export function newestFirst(a: MessageKey, b: MessageKey): number {
  return b.place - a.place || b.id - a.id
}
