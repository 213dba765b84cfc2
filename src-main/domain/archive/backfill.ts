/** Older history, newest first, in the background: page by page with a rest between, as far back as the user wants. */
import type { HistoryLimit } from '../../model/archive.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import { isUnknownId } from './catch-up.ts'
import { PAGE, takeBackward } from './courses.ts'
import { accountSource } from './sources.ts'

/** What the user or a contact does meanwhile comes first. */
const REST_MS = 500

const DAY_MS = 24 * 60 * 60_000
const DAYS: Readonly<Record<HistoryLimit, number>> = { none: 0, week: 7, month: 31, year: 366, all: Infinity }

/** Rejects as Iq.request and storage do. Resolves when there is no more, or no more is wanted. */
export async function loadOlderHistory(tools: Tools, link: Link): Promise<void> {
  const { storage, archive } = tools
  const { accountId } = link
  while (isWanted(tools, accountId)) {
    archive.progressed(storage, accountId, 'loading-older')
    await link.rest(REST_MS)
    if (link.closed) return
    const added = await takeOlderPage(tools, link)
    archive.progressed(storage, accountId, 'loading-older', added)
  }
}

function isWanted({ storage, now }: Tools, accountId: number): boolean {
  const known = storage.findArchive(accountId)
  if (known === undefined || known.fromStart) return false
  const days = DAYS[storage.getSettings().historyLimit]
  return days > 0 && (known.first.stampMs ?? Infinity) > now() - days * DAY_MS
}

async function takeOlderPage(tools: Tools, link: Link): Promise<number> {
  const { storage } = tools
  const known = storage.findArchive(link.accountId)
  if (known === undefined) return 0
  try {
    const page = await link.archives.query({ page: { max: PAGE, before: known.first.id ?? '' } })
    return link.closed ? 0 : await takeBackward(tools, link, accountSource(tools, link), page)
  } catch (error) {
    if (!isUnknownId(error)) throw error
    // Archives forget their oldest first (XEP-0313 §3.2), so there is nothing before it any more either.
    storage.putArchive(link.accountId, { ...known, fromStart: true })
    return 0
  }
}
