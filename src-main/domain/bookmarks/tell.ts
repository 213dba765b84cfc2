/**
 * How the user keeps a room is told to the own other devices, by its bookmark. Stored first: what could not be told is
 * due, goes out on a later stream, and till then counts for more than what the server says.
 */
import type { BareJid } from '../../model/jid.ts'
import type { RoomNotify } from '../../model/room.ts'
import { present } from '../../protocol/stanza.ts'
import type { Bookmark } from '../../protocol/xep-0402-bookmarks.ts'
import type { RoomChange, StoredRoom } from '../../storage/rooms.types.ts'
import { announceRoom } from '../rooms/describe.ts'
import type { Tools } from '../tools.ts'
import { ownNick } from './directory.ts'
import { currentBook, type Book } from './memory.ts'
import { eraseBookmark, writeBookmark } from './stores.ts'

const SETTINGS = { all: 'always', mentions: 'on-mention', none: 'never' } as const

type Kept = Pick<RoomChange, 'bookmarked' | 'autojoin' | 'ownName' | 'notify'>

/** Keeps it so, here and everywhere. Who is not in a room is not brought there by it. */
export function keepRoom(tools: Tools, conversationId: number, kept: Kept): void {
  tools.storage.setRoom(conversationId, kept)
  tellBookmark(tools, conversationId, 'bookmarked' in kept)
  announceRoom(tools, conversationId)
}

/** After something of a room has changed that its bookmark says: name, nick, pin, notifications. Of a room without one nothing. */
export function tellBookmark(tools: Tools, conversationId: number, always = false): void {
  const room = tools.storage.findRoom(conversationId)
  if (room === undefined || !(room.bookmarked || always)) return
  tools.storage.setBookmarkDue(room.accountId, room.jid, true)
  const book = currentBook(tools.bookmarks, room.accountId)
  if (book !== undefined) tellRoom(tools, book, room.jid)
}

/** All that is due. */
export function tellDue(tools: Tools, book: Book): void {
  for (const room of tools.storage.listBookmarksDue(book.link.accountId)) tellRoom(tools, book, room)
}

/** One change of a room at a time: what is changed meanwhile goes together. */
function tellRoom(tools: Tools, book: Book, room: BareJid): void {
  const { link, busy } = book
  if (busy.has(room) || link.closed) return
  busy.add(room)
  const told = tellOnce(tools, book, room)
  told
    .then((isSettled) => {
      busy.delete(room)
      if (isSettled) tools.storage.setBookmarkDue(link.accountId, room, false)
      else tellRoom(tools, book, room)
    })
    // It stays due: the next change of it or the next stream tries again.
    .catch((error: unknown) => {
      busy.delete(room)
      tools.log('domain/bookmarks', 'info', 'a bookmark could not be told', { error })
    })
}

/** True: the server has it as it is here. */
async function tellOnce(tools: Tools, book: Book, room: BareJid): Promise<boolean> {
  const known = book.known.get(room)
  const wanted = wantedBookmark(tools, book, room)
  if (isSame(wanted, known)) return true
  if (wanted === undefined) {
    await eraseBookmark(book, room)
    book.known.delete(room)
  } else {
    await writeBookmark(book, wanted)
    book.known.set(room, wanted)
  }
  return isSame(wantedBookmark(tools, book, room), wanted)
}

/** Undefined: there is to be none. What others have written into it stays. */
function wantedBookmark(tools: Tools, { link, known }: Book, room: BareJid): Bookmark | undefined {
  const stored = tools.storage.findRoomAt(link.accountId, room)
  if (stored?.bookmarked !== true) return undefined
  const { pinned: _pinned, nick: _nick, ...rest } = known.get(room) ?? {}
  const isPinned = tools.storage.findConversation(stored.conversationId)?.pinnedAt !== undefined
  return {
    ...rest,
    ...{ room, name: stored.ownName, autojoin: stored.autojoin },
    ...present('nick', nickOf(stored, known.get(room), ownNick(link))),
    ...present('password', passwordOf(tools, stored, known.get(room))),
    ...(isPinned ? { pinned: true } : {}),
    ...present('notify', settingOf(stored.notify, known.get(room))),
  }
}

/** The usual one is not worth a word. */
function nickOf({ nick }: StoredRoom, known: Bookmark | undefined, usual: string): string | undefined {
  return known?.nick === undefined && nick === usual ? undefined : nick
}

/** So that our other devices need not ask: only for those who are to be in it by themselves. */
function passwordOf(
  tools: Tools,
  { conversationId, autojoin }: StoredRoom,
  known: Bookmark | undefined,
): string | undefined {
  const ours = tools.rooms.ofConversation(conversationId)?.password
  return autojoin ? (ours ?? known?.password) : known?.password
}

/** Where nothing is set, what is usual here is not set for the others. */
function settingOf(notify: RoomNotify, known: Bookmark | undefined): Bookmark['notify'] {
  return known?.notify === undefined && notify === USUAL_NOTIFY ? undefined : SETTINGS[notify]
}

export const USUAL_NOTIFY: RoomNotify = 'mentions'

function isSame(one: Bookmark | undefined, other: Bookmark | undefined): boolean {
  const names = ['name', 'autojoin', 'nick', 'password', 'pinned', 'notify'] as const
  if (one === undefined || other === undefined) return one === other
  return names.every((name) => one[name] === other[name])
}
