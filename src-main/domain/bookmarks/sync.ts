/** Bookmarks of an account (XEP-0402): read on each fresh stream, then changed as our other devices change them. */
import { setImmediate } from 'node:timers/promises'
import type { OwnEvent } from '../../protocol/xep-0163-pep.ts'
import {
  bookmarkChangesIn,
  MAX_BOOKMARKS,
  type Bookmark,
  type BookmarkChanges,
} from '../../protocol/xep-0402-bookmarks.ts'
import type { Link } from '../link.ts'
import { enterRoom } from '../rooms/entering.ts'
import type { Visit } from '../rooms/memory.ts'
import { accountInfo } from '../server-features.ts'
import { guardStorage } from '../storage-guard.ts'
import type { Tools } from '../tools.ts'
import type { Book } from './memory.ts'
import { findBookmarks, type FoundBookmarks } from './stores.ts'
import { takeBookmark, takeRemoval } from './take.ts'
import { tellDue } from './tell.ts'

/** Taken over at a time: some milliseconds. */
const SLICE = 4
/** Rooms that are entered at a time, so that it is no storm. */
const AT_ONCE = 5

/** Rejects as Iq.request does: then what is changed here stays due. */
export async function syncBookmarks(tools: Tools, link: Link): Promise<void> {
  const { accountId } = link
  const changes: BookmarkChanges[] = []
  arriving.set(link, changes)
  const found = await findBookmarks(link.iq, await accountInfo(link))
  if (link.closed) return
  const { store } = found
  const book: Book = {
    ...{ link, store, known: new Map(), busy: new Set() },
    ...{ held: changes, lastWrite: Promise.resolve() },
  }
  tools.bookmarks.books.set(accountId, book)
  const entering = await takeAll(tools, book, found)
  if (entering === undefined) return
  book.held = undefined
  guardStorage(tools, link, () => {
    for (const each of changes) entering.push(...takeChanges(tools, book, each))
    tellDue(tools, book)
  })
  enterAll(tools, link, entering)
}

/** What comes before the list is taken over. */
const arriving = new WeakMap<Link, BookmarkChanges[]>()
/** Nobody changes so much in a second. */
const MOST_HELD = 1000

/** Of our own account, checked (attack S7). */
export function receiveBookmarks(tools: Tools, link: Link, event: OwnEvent): void {
  const changes = bookmarkChangesIn(event)
  if (changes === undefined) return
  const book = tools.bookmarks.books.get(link.accountId)
  if (book?.link === link && book.held === undefined) enterAll(tools, link, takeChanges(tools, book, changes))
  else {
    const held = arriving.get(link)
    if (held !== undefined && held.length < MOST_HELD) held.push(changes)
  }
}

/** The rooms that are to be entered. */
function takeChanges(tools: Tools, book: Book, { changed, removed }: BookmarkChanges): Visit[] {
  for (const room of removed) takeRemoval(tools, book, room)
  return changed.flatMap((bookmark) => takeBookmark(tools, book, bookmark) ?? [])
}

/** Undefined: the stream has ended meanwhile. */
async function takeAll(tools: Tools, book: Book, found: FoundBookmarks): Promise<Visit[] | undefined> {
  const { bookmarks, isMissing, isOlder } = found
  const entering: Visit[] = []
  for (let start = 0; start < bookmarks.length && !book.link.closed; start += SLICE) {
    if (start > 0) await setImmediate()
    guardStorage(tools, book.link, () => {
      const taken = bookmarks.slice(start, start + SLICE)
      entering.push(...taken.flatMap((bookmark) => takeBookmark(tools, book, bookmark) ?? []))
    })
  }
  if (book.link.closed) return undefined
  guardStorage(tools, book.link, () => {
    if (isMissing) tellAgain(tools, book, isOlder)
    // Of a list that is not read to its end nothing is known to be missing.
    else if (bookmarks.length < MAX_BOOKMARKS) forgetOthers(tools, book, bookmarks)
  })
  return entering
}

/** A server that has lost the list, or never had one, gets ours: rooms are not left for that. */
function tellAgain({ storage }: Tools, book: Book, isOlder: boolean): void {
  // What an older store has is not in this one.
  if (isOlder) book.known.clear()
  for (const { accountId, jid, bookmarked } of storage.listRooms()) {
    if (bookmarked && accountId === book.link.accountId) storage.setBookmarkDue(accountId, jid, true)
  }
}

/** What another device took out while we were away. */
function forgetOthers(tools: Tools, book: Book, bookmarks: readonly Bookmark[]): void {
  const there = new Set(bookmarks.map(({ room }) => room))
  for (const { accountId, jid, bookmarked } of tools.storage.listRooms()) {
    if (bookmarked && accountId === book.link.accountId && !there.has(jid)) takeRemoval(tools, book, jid)
  }
}

function enterAll(tools: Tools, link: Link, visits: readonly Visit[]): void {
  const waiting = [...new Set(visits)]
  const next = async (): Promise<void> => {
    for (let visit = waiting.shift(); visit !== undefined && !link.closed; visit = waiting.shift()) {
      // One that was taken out meanwhile is not.
      const isWanted = tools.storage.findRoom(visit.conversationId)?.autojoin === true
      if (isWanted) await enterRoom(tools, link, visit)
    }
  }
  for (let each = 0; each < Math.min(AT_ONCE, waiting.length); each += 1) void next()
}
