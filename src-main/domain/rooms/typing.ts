/** Who types in a room now (XEP-0085): by nick, in memory, for as long as it is heard of. */
import type { Tools } from '../tools.ts'
import type { Visit } from './memory.ts'

/** Whoever says nothing for so long has stopped. */
const TYPING_TIMEOUT_MS = 30_000
/** More are a crowd, and are said to be one. */
const MOST = 16

const books = new WeakMap<Visit, Map<string, NodeJS.Timeout>>()

export function startTypingIn(tools: Tools, visit: Visit, nick: string): void {
  const book = books.get(visit) ?? new Map<string, NodeJS.Timeout>()
  books.set(visit, book)
  if (book.size >= MOST && !book.has(nick)) return
  const isNew = !book.has(nick)
  clearTimeout(book.get(nick))
  book.set(nick, setTimeout(() => stopTypingIn(tools, visit, nick), TYPING_TIMEOUT_MS).unref())
  if (isNew) announce(tools, visit, book)
}

export function stopTypingIn(tools: Tools, visit: Visit, nick: string): void {
  const book = books.get(visit)
  const timer = book?.get(nick)
  if (book === undefined || timer === undefined) return
  clearTimeout(timer)
  book.delete(nick)
  announce(tools, visit, book)
}

/** We are not there any more. */
export function stopAllTypingIn(tools: Tools, visit: Visit): void {
  const book = books.get(visit)
  if (book === undefined || book.size === 0) return
  for (const timer of book.values()) clearTimeout(timer)
  book.clear()
  announce(tools, visit, book)
}

function announce({ events }: Tools, { conversationId }: Visit, book: ReadonlyMap<string, unknown>): void {
  events.emit('room.typingChanged', { conversationId, nicks: [...book.keys()] })
}
