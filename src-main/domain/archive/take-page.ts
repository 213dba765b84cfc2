/**
 * Stores a page of the archive in slices, each one transaction with how far the archive is here: wherever it is
 * interrupted, what is said to be here is here. Between two slices everything else has its turn.
 */
import type { ArchivePage, ArchiveResult } from '../../protocol/xep-0313-archive.ts'
import type { KnownEnd } from '../../storage/archive.types.ts'
import { StorageError } from '../../storage/storage.ts'
import type { Conversation } from '../../model/conversation.ts'
import type { Jid } from '../../model/jid.ts'
import type { Draft } from '../incoming/draft.ts'
import { runPart, runSteps } from '../incoming/pipeline.ts'
import type { Link } from '../link.ts'
import { guardStorage } from '../storage-guard.ts'
import type { Tools } from '../tools.ts'
import { archiveStamp } from './arrival.ts'
import { createBatch, createNews, type HistoryBatch, type HistoryNews } from './batch.ts'
import type { Source } from './sources.ts'

/** With its commit, and what is read of the next page in the same turn, below the 16 ms that nothing may take longer than. */
const SLICE_MS = 7
const SLICE_ROWS = 50

/** Which way the archive is being read, and how to say that it is here up to there. */
export interface Course {
  readonly source: Pick<Source, 'arrival' | 'taken'>
  readonly direction: 'forward' | 'backward'
  /** History from before this device: nothing of it is unread. */
  readonly isOld: boolean
  /** Of many pages, told of by who takes them; undefined: this page is told of when it is stored. */
  readonly news?: HistoryNews | undefined
  /** Of the outermost message that is here on that side: its number and time. */
  readonly edge: KnownEnd
  /** Numbers that this course has given before. */
  settled(): { readonly first: number; readonly last: number }
  /** Called in the transaction that stored everything up to `edge`. */
  reached(edge: KnownEnd): void
}

/** Resolves with how many rows are new, early when the link ends; rejects as storage does. */
export async function takePage(
  tools: Tools,
  link: Link,
  archived: ArchivePage,
  course: Course,
): Promise<number> {
  const forward = course.direction === 'forward'
  const results = forward ? archived.results : [...archived.results].reverse()
  const news = course.news ?? createNews(tools)
  const page: Page = { news, conversations: new Map() }
  let { edge } = course
  let added = 0
  for (let next = 0; next < results.length && !link.closed;) {
    if (next > 0) await pause()
    const slice = takeSlice(tools, link, results.slice(next, next + SLICE_ROWS), { ...course, edge }, page)
    if (slice === undefined) break
    news.announceIfDue()
    next += slice.taken
    edge = slice.edge
    added += slice.added
  }
  if (course.news === undefined) news.announce()
  return added
}

interface Page {
  readonly news: HistoryNews
  /** Those that were met, so that they are not looked up for each message. */
  readonly conversations: Map<Jid, Conversation>
}

interface Slice {
  readonly taken: number
  readonly added: number
  readonly edge: KnownEnd
}

/** Undefined when the database takes nothing; the link has ended then. */
function takeSlice(
  tools: Tools,
  link: Link,
  results: readonly ArchiveResult[],
  course: Course,
  { news, conversations }: Page,
): Slice | undefined {
  const outcome: { slice?: Slice } = {}
  guardStorage(tools, link, () => {
    const stored = storeSlice(tools, link, results, { course, conversations })
    const { batch, announcements, touched } = stored
    outcome.slice = { taken: stored.taken, added: batch.added.length, edge: stored.edge }
    news.take(batch, touched, announcements)
    course.source.taken(batch)
  })
  return outcome.slice
}

interface Stored extends Pick<Slice, 'taken' | 'edge'> {
  readonly batch: HistoryBatch
  readonly announcements: readonly (() => void)[]
  /** Conversations. */
  readonly touched: readonly number[]
}

type Where = Pick<Page, 'conversations'> & { readonly course: Course }

/**
 * Message by message only where one of them can't be stored: undoing one alone has SQLite copy every page that any of them
 * changes.
 */
function storeSlice(tools: Tools, link: Link, results: readonly ArchiveResult[], where: Where): Stored {
  try {
    return storeAs(store, tools, link, results, where)
  } catch (error) {
    if (!isPassedOver(error)) throw error
    // Some may have begun in what was undone.
    where.conversations.clear()
    return storeAs(storeAlone, tools, link, results, where)
  }
}

/** False: the message is passed over. */
type StoreOne = (tools: Tools, draft: Draft) => boolean

const store: StoreOne = (tools, draft) => {
  runPart(tools, draft)
  return true
}

const storeAlone: StoreOne = (tools, draft) => {
  try {
    runSteps(tools, draft)
    return true
  } catch (error) {
    if (!isPassedOver(error)) throw error
    tools.log('domain/archive', 'error', 'an archived message could not be taken in', { error })
    return false
  }
}

function storeAs(
  storeOne: StoreOne,
  tools: Tools,
  link: Link,
  results: readonly ArchiveResult[],
  { course, conversations }: Where,
): Stored {
  const batch = createBatch(tools)
  const announcements: (() => void)[] = []
  let { edge } = course
  let taken = 0
  // The archive still has what a loss of power would undo.
  return tools.storage.unsyncedTransaction(() => {
    const started = performance.now()
    for (const result of results) {
      if (taken > 0 && performance.now() - started > SLICE_MS) break
      edge = nextEdge(edge, result, course.direction, tools.now())
      announcements.push(...takeOne(tools, link, result, { storeOne, edge, course, batch, conversations }))
      taken += 1
    }
    const touched = batch.bringAlong()
    course.reached(edge)
    return { batch, announcements, touched, taken, edge }
  })
}

/** What is wrong with this message alone: it would fail again for ever. */
function isPassedOver(error: unknown): boolean {
  return !(error instanceof StorageError) || error.code === 'other'
}

function nextEdge(
  edge: KnownEnd,
  result: ArchiveResult,
  direction: Course['direction'],
  now: number,
): KnownEnd {
  const order = edge.order + (direction === 'forward' ? 1 : -1)
  return { order, id: result.id, stampMs: archiveStamp(result, edge.stampMs ?? now) }
}

interface Taking extends Where {
  readonly storeOne: StoreOne
  readonly edge: KnownEnd
  readonly batch: HistoryBatch
}

/** What to announce of it. */
function takeOne(tools: Tools, link: Link, result: ArchiveResult, taking: Taking): (() => void)[] {
  const { edge, course, batch } = taking
  const stampMs = edge.stampMs ?? 0
  const position = { order: edge.order, stampMs, settled: course.settled() }
  const arrival = course.source.arrival(result, position, course.isOld)
  if (arrival === undefined) return []
  const { counterpart } = arrival
  const conversation = taking.conversations.get(counterpart)
  const draft: Draft = { ...arrival, link, conversation, changed: [], announcements: [] }
  if (!taking.storeOne(tools, draft)) return []
  if (draft.conversation !== undefined) taking.conversations.set(counterpart, draft.conversation)
  if (draft.outcome !== undefined) batch.take(draft.outcome)
  batch.changed(draft.changed)
  return draft.announcements
}

/** Lets what waits be read, answered and painted: until the turn after the one that may still be reading for this slice. */
function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
}
