/**
 * What was said while there was no stream: from the newest known message on, page by page, the next one asked for before
 * the last is stored. Interrupted anywhere, the next stream goes on where it was.
 */
import { StanzaError } from '../../protocol/errors.ts'
import type { ArchivePage } from '../../protocol/xep-0313-archive.ts'
import type { KnownArchive } from '../../storage/archive.types.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import { createNews } from './batch.ts'
import { isEnd, PAGE, takeBackward, takeForward, UNTOUCHED } from './courses.ts'
import { accountSource, type Source } from './sources.ts'

/** The archive no longer knows where we were: so much before it is asked for again, and met as duplicates. */
const MARGIN_MS = 60 * 60_000

const turns = new WeakMap<object, Promise<void>>()

/** Rejects as Iq.request and storage do. */
export function catchUp(tools: Tools, link: Link, source: Source): Promise<void> {
  return inTurn(source.key, () => catchUpNow(tools, link, source))
}

/** For what came on this stream, with no word of a gap: see late-messages.ts. Rejects as catchUp does. */
export function catchUpAgain(tools: Tools, link: Link): Promise<void> {
  // How far the load has come is told by whoever loads: this one may end after it.
  const source: Source = { ...accountSource(tools, link), progressed: () => undefined }
  return inTurn(source.key, async () => {
    const known = source.find()
    if (known === undefined || link.closed) return
    await takeMissed(tools, link, source, known).finally(source.tellNews)
  })
}

/** Two that go forward at once would number the same messages twice. */
function inTurn(key: object, body: () => Promise<void>): Promise<void> {
  const turn = (turns.get(key) ?? Promise.resolve()).catch(() => undefined).then(body)
  turns.set(key, turn)
  return turn
}

async function catchUpNow(tools: Tools, link: Link, source: Source): Promise<void> {
  const known = source.find()
  source.progressed('catching-up')
  if (known === undefined) await takeNewest(tools, link, source)
  else await takeMissed(tools, link, source, known).finally(source.tellNews)
  if (!link.closed) source.caughtUp()
}

/** The first time: the newest page, and from there on the past is loaded backwards (backfill.ts). */
async function takeNewest(tools: Tools, link: Link, source: Source): Promise<void> {
  const page = await source.query({ page: { max: PAGE, before: '' } })
  if (link.closed) return
  source.put({
    ...UNTOUCHED,
    last: { ...UNTOUCHED.last, ...newestOf(page) },
    fromStart: page.results.length === 0 && isEnd(page),
  })
  const added = await takeBackward(tools, link, source, page)
  source.progressed('catching-up', added)
}

function newestOf(page: ArchivePage): { readonly id?: string; readonly stampMs?: number } {
  const stampMs = page.results.at(-1)?.stampMs
  return {
    ...(page.last === undefined ? {} : { id: page.last }),
    ...(stampMs === undefined ? {} : { stampMs }),
  }
}

async function takeMissed(tools: Tools, link: Link, source: Source, { last }: KnownArchive): Promise<void> {
  const taking: Taking = { tools, link, source }
  try {
    await takeFrom(taking, (after) => source.query({ page: { max: PAGE, after } }), last.id)
  } catch (error) {
    if (!isUnknownId(error) || link.closed) throw error
    tools.log('domain/archive', 'info', 'the archive has forgotten where we were', {})
    const startMs = last.stampMs === undefined ? undefined : last.stampMs - MARGIN_MS
    await takeFrom(taking, (after) => source.query({ page: { max: PAGE, after }, startMs }))
  }
}

type Ask = (after: string | undefined) => Promise<ArchivePage>

interface Taking {
  readonly tools: Tools
  readonly link: Link
  readonly source: Source
}

async function takeFrom(taking: Taking, ask: Ask, from?: string): Promise<void> {
  const { tools, source } = taking
  let added = 0
  const news = createNews(tools, () => {
    if (added > 0) source.progressed('catching-up', added)
    added = 0
  })
  try {
    await takePages(taking, ask, from, async (page) => {
      added += await takeForward(tools, taking.link, source, page, news)
    })
  } finally {
    news.announce()
  }
}

async function takePages(
  { link }: Taking,
  ask: Ask,
  from: string | undefined,
  take: (page: ArchivePage) => Promise<void>,
): Promise<void> {
  let page = await ask(from)
  let seen = from
  for (;;) {
    const { last } = page
    const more = !isEnd(page) && last !== seen
    const next = more ? ask(last) : undefined
    // Whoever waits for it below hears of it.
    next?.catch(() => undefined)
    await take(page)
    if (next === undefined || link.closed) return
    seen = last
    page = await next
  }
}

/** XEP-0313 §4.3.2: the id that was named is not in the archive, or no longer. */
export function isUnknownId(error: unknown): boolean {
  return error instanceof StanzaError && error.condition === 'item-not-found'
}
