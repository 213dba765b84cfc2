/** XEP-0402: PEP Native Bookmarks, version 1.2.0. https://xmpp.org/extensions/xep-0402.html */
import { setImmediate } from 'node:timers/promises'
import { parseBareJid, type BareJid } from '../model/jid.ts'
import type { Iq } from './iq.ts'
import { attribute, clip, ownChildren, present } from './stanza.ts'
import { fromVerbatim, toVerbatim } from './verbatim.ts'
import { sanePassword, saneNick } from './xep-0045-muc/foreign.ts'
import { fetchItems, retractItem, type PubsubEvent, type PubsubItem } from './xep-0060-pubsub.ts'
import { notify } from './xep-0163-pep.ts'
import { publishPrivate } from './xep-0223-private-data.ts'
import { isPinned, setPinned } from './xep-0469-pinning.ts'
import {
  notificationSetting,
  setNotification,
  type NotificationSetting,
} from './xep-0492-notification-settings.ts'
import { xml, type Element } from './xml.ts'

/** The node too. */
export const NS = 'urn:xmpp:bookmarks:1'
export const features = [notify(NS)]
/** Announced by an account whose server keeps the bookmarks of XEP-0049 the same; where it does, those are let alone (§6). */
export const COMPAT = `${NS}#compat`
/** Likewise for those of XEP-0048 in PEP. */
export const COMPAT_PEP = `${NS}#compat-pep`

/** More rooms than anybody keeps; what goes beyond is left alone. */
export const MAX_BOOKMARKS = 2000
/** Read at a time: some milliseconds. */
const SLICE = 100
const MAX_NAME = 256
const MAX_EXTENSIONS = 65_536
/** A fault of whoever calls, not of the network. */
export const LOSS = 'what came with a bookmark would be lost'

/** Our own account's word: it is as we or our other programs wrote it. */
export interface Bookmark {
  readonly room: BareJid
  /** The user's own name for it; empty: the room's is shown. */
  readonly name: string
  /** The room is entered at every start and when this is set, and left when it is taken away (§4). */
  readonly autojoin: boolean
  readonly nick?: string
  readonly password?: string
  /** XEP-0469. */
  readonly pinned?: true
  /** XEP-0492; absent: nothing is set. */
  readonly notify?: NotificationSetting
  /**
   * `<extensions/>` as it came, which MUST be given back with every change (§2); `pinned` and `notify` are written into it.
   * Foreign XML for nobody but us and the store.
   */
  readonly extensions?: string
  /** More came with it than Linnet keeps: it must not be published, that would lose it for the others. */
  readonly readOnly?: true
}

/** Undefined where it is no bookmark of a room. */
export function parseBookmark({ id, payload }: PubsubItem): Bookmark | undefined {
  const room = parseBareJid(id)
  if (room === undefined || payload?.is('conference', NS) !== true) return undefined
  return { room, ...parseConference(payload) }
}

/** What a `<conference/>` says, also that of XEP-0048, which has it in another namespace. */
export function parseConference(conference: Element): Omit<Bookmark, 'room'> {
  const text = (name: string): string | undefined => ownChildren(conference, name)[0]?.getText()
  const autojoin = attribute(conference, 'autojoin')?.trim()
  return {
    name: clip((attribute(conference, 'name') ?? '').trim(), MAX_NAME),
    autojoin: autojoin === 'true' || autojoin === '1',
    ...present('nick', saneNick(text('nick'))),
    ...present('password', sanePassword(text('password'))),
    ...parseExtensions(extensionsOf(conference)),
  }
}

/** Servers that keep both kinds the same leave it in the namespace of ours. */
function extensionsOf(conference: Element): Element | undefined {
  return ownChildren(conference, 'extensions')[0] ?? conference.getChild('extensions', NS)
}

function parseExtensions(element: Element | undefined): Pick<Bookmark, 'pinned' | 'notify' | 'extensions'> {
  if (element === undefined) return {}
  const extensions = toVerbatim(element)
  return {
    ...(isPinned(element) ? { pinned: true } : {}),
    ...present('notify', notificationSetting(element)),
    ...(extensions.length > MAX_EXTENSIONS ? { readOnly: true } : { extensions }),
  }
}

export function buildBookmark(bookmark: Bookmark): Element {
  return buildConference(NS, bookmark)
}

/** Also for XEP-0048, which has it in another namespace and with the address. */
export function buildConference(xmlns: string, bookmark: Omit<Bookmark, 'room'>, jid?: BareJid): Element {
  const { name, autojoin, nick, password } = bookmark
  return xml(
    'conference',
    { xmlns, jid, name: name === '' ? undefined : name, autojoin: autojoin ? 'true' : undefined },
    ...(nick === undefined ? [] : [xml('nick', {}, nick)]),
    ...(password === undefined ? [] : [xml('password', {}, password)]),
    ...buildExtensions(xmlns, bookmark),
  )
}

function buildExtensions(xmlns: string, bookmark: Omit<Bookmark, 'room'>): Element[] {
  const { extensions, pinned, notify: setting } = bookmark
  const element = (extensions && fromVerbatim(extensions)) || xml('extensions', { xmlns })
  element.attrs['xmlns'] = xmlns
  setPinned(element, pinned === true)
  if (setting !== undefined && setting !== notificationSetting(element)) setNotification(element, setting)
  const isNeeded = extensions !== undefined || element.getChildElements().length > 0
  return isNeeded ? [element] : []
}

/** All of them; what is none is left out and stays where it is. Rejects as Iq.request does. */
export async function fetchBookmarks(iq: Iq): Promise<readonly Bookmark[]> {
  const items = (await fetchItems(iq, { node: NS })).slice(0, MAX_BOOKMARKS)
  const bookmarks: Bookmark[] = []
  for (let start = 0; start < items.length; start += SLICE) {
    if (start > 0) await setImmediate()
    bookmarks.push(...items.slice(start, start + SLICE).flatMap((item) => parseBookmark(item) ?? []))
  }
  return bookmarks
}

/** Adds or changes it, where keepsPrivateData (XEP-0223) is true, and nobody but us may see it (§3.3). Rejects as Iq.request does. */
export async function publishBookmark(iq: Iq, bookmark: Bookmark): Promise<void> {
  if (bookmark.readOnly === true) throw new Error(LOSS)
  await publishPrivate(iq, NS, { id: bookmark.room, payload: buildBookmark(bookmark) })
}

/** Rejects as Iq.request does: 'item-not-found' where it was gone already. */
export async function removeBookmark(iq: Iq, room: BareJid): Promise<void> {
  await retractItem(iq, { node: NS }, room)
}

export interface BookmarkChanges {
  readonly changed: readonly Bookmark[]
  readonly removed: readonly BareJid[]
}

/** Of an event of our own account (parseOwnEvent); undefined where it is about something else. */
export function bookmarkChangesIn({ node, items, retracted }: PubsubEvent): BookmarkChanges | undefined {
  if (node !== NS) return undefined
  return {
    changed: items.slice(0, MAX_BOOKMARKS).flatMap((item) => parseBookmark(item) ?? []),
    removed: retracted.slice(0, MAX_BOOKMARKS).flatMap((id) => parseBareJid(id) ?? []),
  }
}
