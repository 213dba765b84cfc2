/**
 * XEP-0048: Bookmarks, version 1.2. https://xmpp.org/extensions/xep-0048.html
 * All in one element, in Private XML Storage (XEP-0049) as its version 1.0 has it, or in PEP: for accounts whose server does
 * not keep them the same as those of XEP-0402, and for programs that know nothing else.
 */
import { parseBareJid, type BareJid } from '../model/jid.ts'
import type { Iq } from './iq.ts'
import { attribute } from './stanza.ts'
import { fromVerbatim, toVerbatim } from './verbatim.ts'
import { fetchPrivateXml, storePrivateXml } from './xep-0049-private-xml.ts'
import { fetchItems } from './xep-0060-pubsub.ts'
import { publishPrivate } from './xep-0223-private-data.ts'
import { buildConference, LOSS, MAX_BOOKMARKS, parseConference, type Bookmark } from './xep-0402-bookmarks.ts'
import { xml, type Element } from './xml.ts'

/** The node too. */
export const NS = 'storage:bookmarks'

/** Where it is kept. */
export type LegacyStore = 'private-xml' | 'pep'

export interface LegacyBookmarks {
  /** No room twice. */
  readonly bookmarks: readonly Bookmark[]
  /** As they came, and to be given back: links to web pages, and what nobody defined. */
  readonly others: readonly string[]
}

/** Empty where there are none. Rejects as Iq.request does. */
export async function fetchLegacyBookmarks(iq: Iq, store: LegacyStore): Promise<LegacyBookmarks> {
  const storage = store === 'pep' ? await fetchNode(iq) : await fetchPrivateXml(iq, 'storage', NS)
  return storage === undefined ? { bookmarks: [], others: [] } : parseLegacyBookmarks(storage)
}

async function fetchNode(iq: Iq): Promise<Element | undefined> {
  const [item] = await fetchItems(iq, { node: NS }, 1)
  return item?.payload?.is('storage', NS) === true ? item.payload : undefined
}

export function parseLegacyBookmarks(storage: Element): LegacyBookmarks {
  const bookmarks = new Map<BareJid, Bookmark>()
  const others: string[] = []
  for (const child of storage.getChildElements()) {
    const room = child.is('conference', NS) ? parseBareJid(attribute(child, 'jid') ?? '') : undefined
    if (room === undefined || bookmarks.has(room) || bookmarks.size === MAX_BOOKMARKS)
      others.push(toVerbatim(child))
    else bookmarks.set(room, { room, ...parseConference(child) })
  }
  return { bookmarks: [...bookmarks.values()], others }
}

/** In the place of all that was there, in PEP only where keepsPrivateData (XEP-0223) is true. Rejects as Iq.request does. */
export async function storeLegacyBookmarks(iq: Iq, store: LegacyStore, all: LegacyBookmarks): Promise<void> {
  if (all.bookmarks.some(({ readOnly }) => readOnly === true)) throw new Error(LOSS)
  const storage = buildLegacyBookmarks(all)
  if (store === 'pep') await publishPrivate(iq, NS, { id: 'current', payload: storage })
  else await storePrivateXml(iq, storage)
}

export function buildLegacyBookmarks({ bookmarks, others }: LegacyBookmarks): Element {
  return xml(
    'storage',
    { xmlns: NS },
    ...bookmarks.map((bookmark) => buildConference(NS, bookmark, bookmark.room)),
    ...others.flatMap((text) => fromVerbatim(text) ?? []),
  )
}
