/**
 * Searching, on a connection that only reads. Written as generators that pause every few milliseconds, so that whoever
 * runs one can stop it. Complete at any time: what the index does not hold yet (new, changed) is read itself.
 */
import type { SearchHit, SearchPage } from '../../model/search.ts'
import type { MessageKey } from '../../model/message.ts'
import type { ReadableDB } from '../database.ts'
import type { SearchQuery } from '../search.types.ts'
import {
  createFound,
  isBefore,
  newestFirst,
  toHit,
  type Found,
  type SearchRow,
  type Wanted,
} from './finds.ts'
import { BLOCK_BITS } from './indexing.ts'
import { findTerms, parseQuery, toMatchExpression } from './query.ts'

export type Steps<T> = Generator<void, T>

// In what is hidden nothing is found.
const COLUMNS = `id, account_id, conversation_id, direction, sender, author_nick, CASE hidden WHEN 0 THEN body ELSE '' END AS body,
  sent_at, place`

const ROWS_AT_ONCE = 300

export const SEARCH_QUERIES = {
  state: `SELECT surveyed, indexed, coalesce((SELECT max(id) FROM message), 0) AS last FROM search_state`,
  blocks: `SELECT block, newest FROM search_block WHERE oldest <= ? ORDER BY newest DESC`,
  changed: 'SELECT message_id FROM search_change',
  byWords: 'SELECT rowid FROM message_words WHERE message_words MATCH ? ORDER BY rowid',
  byId: `SELECT ${COLUMNS} FROM message WHERE id = ?`,
  keyById: 'SELECT place FROM message WHERE id = ?',
  between: `SELECT ${COLUMNS} FROM message WHERE id BETWEEN ? AND ? ORDER BY id`,
  keysInConversation: `SELECT id, place FROM message WHERE conversation_id = :conversationId
    AND (place, id) < (:place, :id) ORDER BY place DESC, id DESC`,
  newestInConversation: `SELECT ${COLUMNS} FROM message WHERE conversation_id = :conversationId
    AND (place, id) < (:place, :id) ORDER BY place DESC, id DESC LIMIT ${ROWS_AT_ONCE}`,
  newerInConversation: `SELECT ${COLUMNS} FROM message WHERE conversation_id = ? AND +id > ?`,
  newerById: `SELECT ${COLUMNS} FROM message WHERE id > :after AND +conversation_id = :conversationId`,
} as const

const EVERYTHING: MessageKey = { place: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER }
// Blocks that are read word by word before the index is asked: a word that is in every message is found here at once,
// and is then never asked for in the whole index.
const BLOCKS_READ_FIRST = 2
const ROWS_BETWEEN_PAUSES = 2000
const FEW_ROWS = 5000
// With more finds than this in a conversation, walking through its order is quicker than sorting them.
const MANY_FINDS = 500

/** In one conversation so many finds are counted; beyond it is enough to know that there are more. */
const MOST_COUNTED = 1000
// A word that is in every third message and more is found by reading, the newest first, before the index has told all of
// the many that have it.
const READ_FIRST = 3 * MOST_COUNTED

export function prepareSearch(db: ReadableDB): (query: SearchQuery) => Steps<SearchPage> {
  const reads = prepareReads(db)
  return function* search(query) {
    const terms = parseQuery(query.text)
    if (terms.length === 0) return { hits: [], hasMore: false }
    const { conversationId, before = EVERYTHING, limit } = query
    if (conversationId === undefined) return yield* searchAll(reads, { terms, before, limit })
    return yield* searchOne(reads, { terms, before, limit, conversationId })
  }
}

type Reads = ReturnType<typeof prepareReads>

function prepareReads(db: ReadableDB) {
  const state = db.prepare<[], { surveyed: number; indexed: number; last: number }>(SEARCH_QUERIES.state)
  const between = db.prepare<[number, number], SearchRow>(SEARCH_QUERIES.between)
  const newerById = db.prepare<{ after: number; conversationId: number }, SearchRow>(SEARCH_QUERIES.newerById)
  const newerIn = db.prepare<[number, number], SearchRow>(SEARCH_QUERIES.newerInConversation)
  const byWords = db.prepare<[string], number>(SEARCH_QUERIES.byWords).pluck()
  const changed = db.prepare<[], number>(SEARCH_QUERIES.changed).pluck()
  const blocks = db.prepare<[number], { block: number; newest: number }>(SEARCH_QUERIES.blocks)
  const byId = db.prepare<[number], SearchRow>(SEARCH_QUERIES.byId)
  const keysIn = db.prepare<MessageKey & { conversationId: number }, MessageKey>(
    SEARCH_QUERIES.keysInConversation,
  )
  const newestIn = db.prepare<MessageKey & { conversationId: number }, SearchRow>(
    SEARCH_QUERIES.newestInConversation,
  )
  const placeOf = db.prepare<[number], number>(SEARCH_QUERIES.keyById).pluck()
  return {
    state: () => state.get() ?? { surveyed: 0, indexed: 0, last: 0 },
    row: (id: number) => byId.get(id),
    placeOf: (id: number) => placeOf.get(id),
    /** The newest first. */
    keysIn: (conversationId: number, before: MessageKey) => keysIn.iterate({ conversationId, ...before }),
    newestIn: (conversationId: number, { place, id }: MessageKey) =>
      newestIn.all({ conversationId, place, id }),
    changed: () => changed.all(),
    blocks: (place: number) => blocks.all(place),
    /** Ids, ascending. */
    indexed: (expression: string): readonly number[] => byWords.all(expression),
    *rows(first: number, last: number): Generator<SearchRow | undefined> {
      for (let from = first; from <= last; from += ROWS_BETWEEN_PAUSES) {
        yield* between.all(from, Math.min(last, from + ROWS_BETWEEN_PAUSES - 1))
        yield undefined
      }
    },
    notIndexedIn(conversationId: number, { indexed, last }: { indexed: number; last: number }) {
      return last - indexed < FEW_ROWS
        ? newerById.all({ after: indexed, conversationId })
        : newerIn.all(conversationId, indexed)
    },
  }
}

/** Blocks of ids, those with the newest messages first, until what is left can only be older than what was found. */
function* searchAll(reads: Reads, wanted: Wanted): Steps<SearchPage> {
  const found = createFound(wanted)
  const { surveyed, indexed, last } = reads.state()
  yield* readRows(reads, found, surveyed + 1, last)
  const changed = new Set(reads.changed())
  for (const id of changed) found.offer(reads.row(id))
  const blocks = reads.blocks(wanted.before.place)
  let ids: readonly number[] | undefined
  for (const [index, { block, newest }] of blocks.entries()) {
    if (found.isFullAbove(newest)) break
    const first = block << BLOCK_BITS
    const end = Math.min(surveyed, first + (1 << BLOCK_BITS) - 1)
    if (index < BLOCKS_READ_FIRST || first > indexed) {
      yield* readRows(reads, found, first, end, changed)
      continue
    }
    ids ??= reads.indexed(toMatchExpression(wanted.terms))
    // The index may have grown since this search began: what it got meanwhile is read below.
    const lastIndexed = Math.min(end, indexed)
    for (let at = firstAtLeast(ids, first); at < ids.length && (ids[at] ?? 0) <= lastIndexed; at += 1) {
      const id = ids[at] ?? 0
      if (!changed.has(id)) found.offer(reads.row(id))
    }
    if (end > indexed) yield* readRows(reads, found, indexed + 1, end, changed)
    yield
  }
  return found.page()
}

function* readRows(
  reads: Reads,
  found: Found,
  first: number,
  last: number,
  except?: ReadonlySet<number>,
): Steps<void> {
  for (const row of reads.rows(first, last)) {
    if (row === undefined) yield
    else if (except?.has(row.id) !== true) found.offer(row)
  }
}

type WantedHere = Wanted & { readonly conversationId: number }

/** The texts are read of those that are asked for. */
function* searchOne(reads: Reads, wanted: WantedHere): Steps<SearchPage> {
  const read = yield* readNewest(reads, wanted)
  if (read !== undefined) return read
  const { conversationId, terms, before, limit } = wanted
  const ids = new Set(reads.indexed(toMatchExpression(terms, conversationId)))
  yield
  for (const id of reads.changed()) {
    const row = reads.row(id)
    if (row?.conversation_id === conversationId && findTerms(row.body, terms) !== undefined) ids.add(id)
    else ids.delete(id)
  }
  for (const [index, row] of reads.notIndexedIn(conversationId, reads.state()).entries()) {
    if (findTerms(row.body, terms) !== undefined) ids.add(row.id)
    if (index % ROWS_BETWEEN_PAUSES === 0) yield
  }
  const newest =
    ids.size > MANY_FINDS
      ? yield* walkThrough(reads.keysIn(conversationId, before), ids, limit + 1)
      : sortOut(reads, ids, before)
  const hits = newest.slice(0, limit).flatMap((id) => toHit(reads.row(id), terms) ?? [])
  return { hits, hasMore: newest.length > limit, ...toTotal(ids.size) }
}

/** Undefined where the word is too rare for it. Later pages are not counted. */
function* readNewest(reads: Reads, wanted: WantedHere): Steps<SearchPage | undefined> {
  const { conversationId, terms, before, limit } = wanted
  const isFirst = before === EVERYTHING
  const most = isFirst ? MOST_COUNTED : limit
  const hits: SearchHit[] = []
  let found = 0
  let key = before
  for (let read = ROWS_AT_ONCE; read <= READ_FIRST; read += ROWS_AT_ONCE) {
    const rows = reads.newestIn(conversationId, key)
    for (const row of rows) {
      const hit = found < limit ? toHit(row, terms) : undefined
      if (hit !== undefined) hits.push(hit)
      if (hit !== undefined || (found >= limit && findTerms(row.body, terms) !== undefined)) found += 1
    }
    if (found > most) return { hits, hasMore: true, ...(isFirst ? toTotal(found) : {}) }
    if (found * 3 < read || rows.length < ROWS_AT_ONCE) return undefined
    key = rows.at(-1) ?? key
    yield
  }
  return undefined
}

function toTotal(found: number): Pick<SearchPage, 'total' | 'isTotalMore'> {
  return found > MOST_COUNTED ? { total: MOST_COUNTED, isTotalMore: true } : { total: found }
}

/** At most so many of the ids, in the order of the keys. */
function* walkThrough(
  keys: Iterable<MessageKey>,
  ids: ReadonlySet<number>,
  most: number,
): Steps<readonly number[]> {
  const newest: number[] = []
  for (const { id } of keys) {
    if (ids.has(id)) newest.push(id)
    if (newest.length === most) break
  }
  yield
  return newest
}

function sortOut(reads: Reads, ids: ReadonlySet<number>, before: MessageKey): readonly number[] {
  return [...ids]
    .flatMap((id) => {
      const place = reads.placeOf(id)
      return place === undefined ? [] : { id, place }
    })
    .filter((key) => isBefore(key, before))
    .sort(newestFirst)
    .map(({ id }) => id)
}

/** Where the first number stands that is not smaller; the list is ascending. */
function firstAtLeast(ids: readonly number[], wanted: number): number {
  let low = 0
  let high = ids.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ids[middle] ?? 0) < wanted) low = middle + 1
    else high = middle
  }
  return low
}
