/**
 * What a bookmark says becomes so here: the room is known, called so, pinned, and entered or left where that was changed
 * (XEP-0402 §4). What is still to be told from here counts for more.
 */
import type { BareJid } from '../../model/jid.ts'
import type { RoomNotify } from '../../model/room.ts'
import type { Bookmark } from '../../protocol/xep-0402-bookmarks.ts'
import { announceConversation } from '../conversations.ts'
import { announceRoom } from '../rooms/describe.ts'
import type { Link } from '../link.ts'
import { leaveRoom } from '../rooms/entering.ts'
import type { Visit } from '../rooms/memory.ts'
import { openRoom } from '../rooms/open-rooms.ts'
import { setNick } from '../rooms/speaking.ts'
import type { StoredRoom } from '../../storage/rooms.types.ts'
import type { Tools } from '../tools.ts'
import { ownNick } from './directory.ts'
import { settleInvitation } from './invitations.ts'
import type { Book } from './memory.ts'

const NOTIFY = { always: 'all', 'on-mention': 'mentions', never: 'none' } as const satisfies Record<
  string,
  RoomNotify
>

/** The visit that is to begin now; undefined: none is. */
export function takeBookmark(tools: Tools, book: Book, bookmark: Bookmark): Visit | undefined {
  const { storage } = tools
  const { accountId } = book.link
  book.known.set(bookmark.room, bookmark)
  if (storage.isBookmarkDue(accountId, bookmark.room)) return undefined
  const before = storage.findRoomAt(accountId, bookmark.room)
  const known = before && tools.rooms.ofConversation(before.conversationId)
  const isNews = before === undefined || known === undefined || !isKeptSo(tools, before, bookmark)
  const visit = isNews ? storage.transaction(() => store(tools, book, bookmark)) : known
  const entered = enterOrLeave(tools, book, bookmark, { visit, wasAutomatic: before?.autojoin === true })
  if (isNews) {
    announceRoom(tools, visit.conversationId)
    announceConversation(tools, visit.conversationId)
  }
  return entered
}

/** Mostly nothing has changed since the last time. */
function isKeptSo({ storage }: Tools, stored: StoredRoom, bookmark: Bookmark): boolean {
  const { name, autojoin, nick, notify, pinned } = bookmark
  const isPinned = storage.findConversation(stored.conversationId)?.pinnedAt !== undefined
  return (
    stored.bookmarked &&
    stored.ownName === name &&
    stored.autojoin === autojoin &&
    (nick === undefined || stored.nick === nick) &&
    (notify === undefined || stored.notify === NOTIFY[notify]) &&
    isPinned === (pinned === true)
  )
}

/** A room that was never here stays out of the list of conversations until it is entered. */
function store(tools: Tools, { link }: Book, bookmark: Bookmark): Visit {
  const { storage, now } = tools
  const { room, name, autojoin, nick, notify } = bookmark
  const known = storage.findConversationWith(link.accountId, room)
  const conversation = known ?? storage.insertConversation(link.accountId, room, now(), 'room')
  if (known === undefined && !autojoin) storage.setKeeping(conversation.id, { putAwayAt: now() })
  const stored = storage.insertRoom(conversation.id, nick ?? ownNick(link))
  const visit = openRoom(storage, tools.rooms, stored)
  storage.setRoom(conversation.id, {
    ...{ ownName: name, autojoin, bookmarked: true },
    ...(notify === undefined ? {} : { notify: NOTIFY[notify] }),
  })
  if (nick !== undefined && visit.phase !== 'in') wishNick(tools, visit, nick)
  pin(tools, conversation.id, bookmark.pinned === true)
  return visit
}

function wishNick({ storage }: Tools, visit: Visit, nick: string): void {
  visit.nick = nick
  storage.setRoom(visit.conversationId, { nick })
}

function pin({ storage, now }: Tools, conversationId: number, pinned: boolean): void {
  const isPinned = storage.findConversation(conversationId)?.pinnedAt !== undefined
  if (pinned === isPinned) return
  storage.setKeeping(conversationId, pinned ? { pinnedAt: now(), putAwayAt: null } : { pinnedAt: null })
}

/** We are in it, on the way, or will be as soon as it is its turn. */
function isWanted({ storage }: Tools, { phase, conversationId }: Visit): boolean {
  return phase === 'in' || phase === 'joining' || storage.findRoom(conversationId)?.wanted === true
}

/** A room that was joined on this device alone is not left because a bookmark says that others need not be in it. */
function enterOrLeave(
  tools: Tools,
  { link }: Book,
  { room, autojoin, password, nick }: Bookmark,
  { visit, wasAutomatic }: { readonly visit: Visit; readonly wasAutomatic: boolean },
): Visit | undefined {
  const { storage } = tools
  const opens = password !== undefined && visit.password === undefined
  if (opens) visit.password = password
  if (!autojoin) {
    if (wasAutomatic && isWanted(tools, visit)) leaveRoom(tools, link, visit)
    return undefined
  }
  settleInvitation(tools, link.accountId, room)
  if (visit.phase === 'in') {
    if (nick !== undefined) takeNick(tools, link, visit, nick)
    return undefined
  }
  // It was not let in without the password, or will not be.
  if (opens && (visit.phase === 'joining' || visit.problem?.code === 'password')) return visit
  // One that did not let us in is not asked again for a bookmark that says what it has always said.
  if (wasAutomatic || visit.phase === 'joining') return undefined
  storage.setRoom(visit.conversationId, { wanted: true })
  return visit
}

/** We are called as on the other devices; a room that refuses it leaves us as we are. */
function takeNick(tools: Tools, link: Link, visit: Visit, nick: string): void {
  setNick(tools, link, visit, nick).catch((error: unknown) =>
    tools.log('domain/bookmarks', 'info', 'the nick of a bookmark was refused', { error }),
  )
}

/** Another device took it out: it is left at once (§4). Its conversation stays. */
export function takeRemoval(tools: Tools, book: Book, room: BareJid): void {
  const { storage } = tools
  const { link } = book
  book.known.delete(room)
  const stored = storage.findRoomAt(link.accountId, room)
  if (stored?.bookmarked !== true || storage.isBookmarkDue(link.accountId, room)) return
  storage.setRoom(stored.conversationId, { bookmarked: false, autojoin: false })
  const visit = tools.rooms.ofConversation(stored.conversationId)
  if (visit !== undefined && isWanted(tools, visit)) leaveRoom(tools, link, visit)
  else announceRoom(tools, stored.conversationId)
}
