/** One conversation further back than its account has come: as the user scrolls, or looks for what an answer is about. */
import type { OlderHistory } from '../../model/archive.ts'
import type { Conversation } from '../../model/conversation.ts'
import type { ArchivePage, ArchiveQuery } from '../../protocol/xep-0313-archive.ts'
import type { KnownArchive, KnownConversationArchive } from '../../storage/archive.types.ts'
import { addressOf } from '../conversations.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import { isUnknownId } from './catch-up.ts'
import { isEnd } from './courses.ts'
import { loadOlderOfRoom } from './room-older.ts'
import { accountSource } from './sources.ts'
import { takePage } from './take-page.ts'

const OLDER_PAGE = 100
/** Pages may hold nothing that is shown: receipts, what rooms say. */
const MOST_EMPTY_PAGES = 10
/** A conversation's own numbers lie far below those that the account's will reach before it meets them. */
const APART = 2 ** 31

const running = new WeakMap<Link, Map<number, Promise<unknown>>>()

/** Rejects as Iq.request and storage do, and with UserError 'not-supported' while no archive is known. One at a time. */
export function loadOlder(tools: Tools, link: Link, conversation: Conversation): Promise<OlderHistory> {
  const ofLink = running.get(link) ?? new Map<number, Promise<unknown>>()
  running.set(link, ofLink)
  const before = ofLink.get(conversation.id) ?? Promise.resolve()
  const mine = before.then(
    () => loadNow(tools, link, conversation),
    () => loadNow(tools, link, conversation),
  )
  ofLink.set(conversation.id, mine)
  return mine
}

async function loadNow(tools: Tools, link: Link, conversation: Conversation): Promise<OlderHistory> {
  for (let pages = 0; ; pages += 1) {
    const older = await loadPage(tools, link, conversation)
    if (older.added > 0 || !older.more || link.closed || pages >= MOST_EMPTY_PAGES) return older
  }
}

async function loadPage(tools: Tools, link: Link, conversation: Conversation): Promise<OlderHistory> {
  if (conversation.kind === 'room') return loadOlderOfRoom(tools, link, conversation)
  const { storage, events } = tools
  const known = whatIsHere(tools, conversation)
  if (known.fromStart) return { added: 0, more: false }
  const page = await ask(link, conversation, known)
  const settled = { first: known.first.order - page.results.length, last: known.first.order - 1 }
  const added = await takePage(tools, link, page, {
    source: accountSource(tools, link),
    direction: 'backward',
    isOld: true,
    edge: known.first,
    settled: () => settled,
    reached: (first) => storage.putConversationArchive(conversation.id, { first, fromStart: false }),
  })
  if (link.closed) return { added, more: true }
  const { first } = storage.findConversationArchive(conversation.id) ?? known
  const id = page.first ?? first.id
  storage.putConversationArchive(conversation.id, {
    first: { ...first, ...(id === undefined ? {} : { id }) },
    fromStart: isEnd(page),
  })
  if (isEnd(page)) {
    events.emit('archive.gapsChanged', { accountId: conversation.accountId, conversationId: conversation.id })
  }
  return { added, more: !isEnd(page) }
}

/** The conversation's own reach, unless its account's has come further back meanwhile. */
export function whatIsHere({ storage }: Tools, { id, accountId }: Conversation): KnownConversationArchive {
  const account: KnownArchive | undefined = storage.findArchive(accountId)
  if (account === undefined) throw userError('not-supported')
  const own = storage.findConversationArchive(id)
  const isFurther = own !== undefined && (own.first.stampMs ?? 0) <= (account.first.stampMs ?? Infinity)
  if (isFurther) return { ...own, fromStart: own.fromStart || account.fromStart }
  const first = { ...account.first, order: account.first.order - APART }
  return { first, fromStart: account.fromStart }
}

/** By the id where we were; by time where the archive does not find it among this conversation's. */
async function ask(
  link: Link,
  conversation: Conversation,
  { first }: KnownConversationArchive,
): Promise<ArchivePage> {
  const query = (before: string, endMs?: number): Promise<ArchivePage> => {
    const asked: ArchiveQuery = { with: addressOf(conversation), page: { max: OLDER_PAGE, before }, endMs }
    return link.archives.query(asked)
  }
  if (first.id === undefined) return query('')
  try {
    return await query(first.id)
  } catch (error) {
    if (!isUnknownId(error)) throw error
    return query('', first.stampMs)
  }
}
