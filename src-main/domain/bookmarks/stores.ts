/**
 * Where an account keeps its bookmarks: each by itself (XEP-0402) where its server lets nobody else see them, else all in
 * one element (XEP-0048, XEP-0049). Where a server does not keep both the same, older ones are brought over once.
 */
import type { BareJid } from '../../model/jid.ts'
import type { DiscoInfo } from '../../model/services.ts'
import { StanzaError } from '../../protocol/errors.ts'
import type { Iq } from '../../protocol/iq.ts'
import { fetchLegacyBookmarks, storeLegacyBookmarks } from '../../protocol/xep-0048-legacy-bookmarks.ts'
import { keepsPrivateData } from '../../protocol/xep-0223-private-data.ts'
import {
  COMPAT,
  COMPAT_PEP,
  fetchBookmarks,
  publishBookmark,
  removeBookmark,
  type Bookmark,
} from '../../protocol/xep-0402-bookmarks.ts'
import type { Book } from './memory.ts'

/** XEP-0411, which servers announced before there was COMPAT. */
const CONVERSION = 'urn:xmpp:bookmarks-conversion:0'

export interface FoundBookmarks {
  readonly store: Book['store']
  readonly bookmarks: readonly Bookmark[]
  /** There is no list at all: nobody has taken anything out of it. */
  readonly isMissing: boolean
  /** They come from an older store and are to be written to this one. */
  readonly isOlder: boolean
}

/** Rejects as Iq.request does. */
export async function findBookmarks(iq: Iq, account: DiscoInfo): Promise<FoundBookmarks> {
  if (!keepsPrivateData(account)) {
    const { bookmarks } = await fetchLegacyBookmarks(iq, 'private-xml')
    return { store: 'private-xml', bookmarks, isMissing: bookmarks.length === 0, isOlder: false }
  }
  const bookmarks = await fetchBookmarks(iq).catch(missingIs(undefined))
  if (bookmarks !== undefined) return { store: 'native', bookmarks, isMissing: false, isOlder: false }
  return { store: 'native', bookmarks: await findOlder(iq, account), isMissing: true, isOlder: true }
}

/** Of two of one room the one in PEP counts, the newer way. What one store does not give the other may. */
async function findOlder(iq: Iq, { features }: DiscoInfo): Promise<readonly Bookmark[]> {
  const isConverted = features.includes(CONVERSION)
  const stores = [
    ...(isConverted || features.includes(COMPAT_PEP) ? [] : (['pep'] as const)),
    ...(isConverted || features.includes(COMPAT) ? [] : (['private-xml'] as const)),
  ]
  const found = new Map<BareJid, Bookmark>()
  for (const store of stores) {
    const { bookmarks } = await fetchLegacyBookmarks(iq, store).catch(refusedIs({ bookmarks: [] }))
    for (const bookmark of bookmarks) if (!found.has(bookmark.room)) found.set(bookmark.room, bookmark)
  }
  return [...found.values()]
}

function missingIs<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof StanzaError && error.condition === 'item-not-found') return value
    throw error
  }
}

function refusedIs<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof StanzaError) return value
    throw error
  }
}

/** Adds or changes it. Rejects as Iq.request does. */
export function writeBookmark(book: Book, bookmark: Bookmark): Promise<void> {
  const { iq } = book.link
  if (book.store === 'native') return publishBookmark(iq, bookmark)
  return rewrite(book, (all) => [...all.filter(({ room }) => room !== bookmark.room), bookmark])
}

/** One that is gone already is no error. Rejects as Iq.request does. */
export function eraseBookmark(book: Book, room: BareJid): Promise<void> {
  if (book.store === 'native') return removeBookmark(book.link.iq, room).catch(missingIs(undefined))
  return rewrite(book, (all) => all.filter((each) => each.room !== room))
}

/** All are written anew: what other programs changed meanwhile is read first, and one of ours waits for the other. */
function rewrite(book: Book, change: (all: readonly Bookmark[]) => readonly Bookmark[]): Promise<void> {
  const { store, link } = book
  if (store === 'native') return Promise.resolve()
  const write = book.lastWrite
    .catch(() => undefined)
    .then(async () => {
      const { bookmarks, others } = await fetchLegacyBookmarks(link.iq, store)
      await storeLegacyBookmarks(link.iq, store, { bookmarks: change(bookmarks), others })
    })
  book.lastWrite = write
  return write
}
