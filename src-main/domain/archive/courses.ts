/** The two ways through an archive: forward with what was said meanwhile, backward into its past. */
import type { ArchivePage } from '../../protocol/xep-0313-archive.ts'
import type { KnownArchive, KnownEnd } from '../../storage/archive.types.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import type { HistoryNews } from './batch.ts'
import type { Source } from './sources.ts'
import { takePage, type Course } from './take-page.ts'

/** Servers give what they like up to this; Prosody comes with 50, ejabberd with 250. */
export const PAGE = 250

/** What an archive that was never asked is known to hold: nothing, anywhere. */
export const UNTOUCHED: KnownArchive = { first: { order: 1 }, last: { order: 0 }, fromStart: false }

/** Rejects with UserError 'not-found' when the account has gone meanwhile. */
function current(source: Source): KnownArchive {
  const known = source.find()
  if (known === undefined) throw userError('not-found')
  return known
}

/** Stores a page that follows on what is here. Resolves with how many rows are new; `news` is not told yet. */
export async function takeForward(
  tools: Tools,
  link: Link,
  source: Source,
  page: ArchivePage,
  news: HistoryNews,
): Promise<number> {
  const extend = (last: KnownEnd): void => {
    const known = current(source)
    // An archive that held nothing begins with what now comes into it.
    const first = known.first.id === undefined && last.id !== undefined ? firstOf(page, known) : known.first
    source.put({ ...known, first, last })
  }
  const course = { ...courseOf(source, 'forward', extend), news }
  const added = await takePage(tools, link, page, course)
  // What can't be read is passed over, and has an id all the same.
  if (!link.closed && page.last !== undefined) extend({ ...current(source).last, id: page.last })
  return added
}

function firstOf(page: ArchivePage, { first, last }: KnownArchive): KnownEnd {
  const [result] = page.results
  const stampMs = result?.stampMs
  return {
    order: last.order + 1,
    ...(page.first === undefined ? first : { id: page.first }),
    ...(stampMs === undefined ? {} : { stampMs }),
  }
}

/** Stores a page that ends where what is here begins. Resolves with how many rows are new. */
export async function takeBackward(
  tools: Tools,
  link: Link,
  source: Source,
  page: ArchivePage,
): Promise<number> {
  const extend = (first: KnownEnd): void => source.put({ ...current(source), first })
  const added = await takePage(tools, link, page, courseOf(source, 'backward', extend))
  if (link.closed) return added
  const known = current(source)
  const first = page.first === undefined ? known.first : { ...known.first, id: page.first }
  source.put({ ...known, first, fromStart: isEnd(page) })
  return added
}

function courseOf(source: Source, direction: Course['direction'], reached: Course['reached']): Course {
  const known = current(source)
  return {
    source,
    direction,
    isOld: direction === 'backward',
    edge: direction === 'forward' ? known.last : known.first,
    settled() {
      const { first, last } = current(source)
      return { first: first.order, last: last.order }
    },
    reached,
  }
}

/** Whether there is nothing beyond this page: it says so, or it brings nothing that one could go on from. */
export function isEnd(page: ArchivePage): boolean {
  return page.complete || page.first === undefined || page.last === undefined
}
