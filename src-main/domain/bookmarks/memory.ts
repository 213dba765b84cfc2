/** What is known of bookmarks for as long as a stream lives, and passwords, which are never stored here. */
import type { BareJid } from '../../model/jid.ts'
import type { LegacyStore } from '../../protocol/xep-0048-legacy-bookmarks.ts'
import type { Bookmark, BookmarkChanges } from '../../protocol/xep-0402-bookmarks.ts'
import type { Link } from '../link.ts'

export interface BookmarksMemory {
  /** By invitation: what opens its room. */
  readonly invitationPasswords: Map<number, string>
  /** By account: the bookmarks of its stream. */
  readonly books: Map<number, Book>
}

/** Bookmarks as the server has them. */
export interface Book {
  readonly link: Link
  /** 'native': XEP-0402; else the one element of XEP-0048. */
  readonly store: 'native' | LegacyStore
  readonly known: Map<BareJid, Bookmark>
  /** Rooms that the server is being told of at this moment. */
  readonly busy: Set<BareJid>
  /** What other devices changed while the list came; undefined once it is taken over. */
  held: BookmarkChanges[] | undefined
  /** Where all are in one element, one change waits for the other. */
  lastWrite: Promise<void>
}

export function createBookmarksMemory(): BookmarksMemory {
  return { invitationPasswords: new Map(), books: new Map() }
}

/** Undefined before the list is here, and once the stream is gone. */
export function currentBook({ books }: BookmarksMemory, accountId: number): Book | undefined {
  const book = books.get(accountId)
  return book === undefined || book.link.closed || book.held !== undefined ? undefined : book
}
