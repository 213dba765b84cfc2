/**
 * The messages of one conversation as a window onto its history: pages by keyset at both ends, live changes, the unread line and
 * what counts as read. One store per opened conversation; it knows neither the bridge nor the DOM.
 */
import { tick } from 'svelte'
import type { Message, MessageKey, MessagePage } from '../../src-main/model/message.ts'
import { compareKeys, insertMessage, mergeMessages } from './timeline-order.ts'

export interface TimelineSource {
  /** Neither key: the newest page. Oldest first. */
  page(from: { before?: MessageKey; after?: MessageKey; limit: number }): Promise<MessagePage>
  markRead(): void
}

export interface TimelineStart {
  readonly conversationId: number
  readonly unreadCount: number
  readonly firstUnreadId?: number | undefined
}

export const PAGE_SIZE = 50
/** More than this many at once are let go at the far end; they come back by scrolling. */
export const KEPT = 1000
/** As far back as the first unread message is looked for at opening. */
const MOST_AT_OPENING = 500

export class TimelineStore {
  messages = $state.raw<readonly Message[]>([])
  phase = $state<'loading' | 'ready' | 'failed'>('loading')
  hasOlder = $state(false)
  hasNewer = $state(false)
  loadingOlder = $state(false)
  /** Before which message the unread line stands, until the conversation is left. */
  unreadFromId = $state<number>()
  /** Messages of others that came while the end was out of sight. */
  newCount = $state(0)

  readonly conversationId: number
  readonly #source: TimelineSource
  #loadingNewer = false
  #unread: boolean
  #attended = false
  #atEnd = true
  /** A page that was asked for before a message went must not bring it back. */
  readonly #removed = new Set<number>()

  constructor(start: TimelineStart, source: TimelineSource) {
    this.conversationId = start.conversationId
    this.#source = source
    this.#unread = start.unreadCount > 0
    this.unreadFromId = start.firstUnreadId
  }

  /** The newest page, and so many more that the first unread message is among them. Also the way out of `failed`. */
  async open(): Promise<void> {
    this.phase = 'loading'
    try {
      const page = await this.#source.page({ limit: PAGE_SIZE })
      // What came by event and lies before this page waits for the page that it belongs to, or a gap would open.
      const [oldest] = page.messages
      if (page.hasMore && oldest) this.messages = this.messages.filter((one) => compareKeys(one, oldest) >= 0)
      this.#take(page.messages)
      this.hasOlder = page.hasMore
      this.hasNewer = false
      while (this.#unreadLineIsOlder()) await this.#pageOlder()
      this.phase = 'ready'
    } catch {
      this.phase = 'failed'
    }
    this.#read()
  }

  async loadOlder(): Promise<void> {
    if (this.loadingOlder || !this.hasOlder || this.phase !== 'ready') return
    this.loadingOlder = true
    try {
      await this.#pageOlder()
      if (this.messages.length > KEPT) {
        // The list keeps its place only if one end changes at a time.
        await tick()
        this.messages = this.messages.slice(0, KEPT)
        this.hasNewer = true
      }
    } catch {
      // The next scroll tries again; what is there stays.
    } finally {
      this.loadingOlder = false
    }
  }

  async loadNewer(): Promise<void> {
    const newest = this.messages.at(-1)
    if (this.#loadingNewer || !this.hasNewer || newest === undefined) return
    this.#loadingNewer = true
    try {
      const page = await this.#source.page({ after: keyOf(newest), limit: PAGE_SIZE })
      this.#take(page.messages)
      this.hasNewer = page.hasMore
      if (this.messages.length > KEPT) {
        await tick()
        this.messages = this.messages.slice(-KEPT)
        this.hasOlder = true
      }
    } catch {
      // As above.
    } finally {
      this.#loadingNewer = false
    }
  }

  /** Back to the end of history, however far away it is. What is on screen stays until the newest page is there. */
  async jumpToLatest(): Promise<void> {
    this.newCount = 0
    if (!this.hasNewer) return
    try {
      const page = await this.#source.page({ limit: PAGE_SIZE })
      this.messages = []
      this.#take(page.messages)
      this.hasOlder = page.hasMore
      this.hasNewer = false
    } catch {
      // The button is still there.
    }
  }

  /** What the reader can see: messages are read when the end is in sight in a window that has the focus. */
  setView(view: { readonly focused: boolean; readonly atEnd: boolean }): void {
    this.#atEnd = view.atEnd && !this.hasNewer
    this.#attended = view.focused && this.#atEnd
    if (this.#atEnd) this.newCount = 0
    this.#read()
  }

  add(message: Message): void {
    if (message.conversationId !== this.conversationId) return
    this.#removed.delete(message.id)
    const known = this.messages.some(({ id }) => id === message.id)
    this.#place(message)
    if (known || message.direction === 'out') return
    if (!this.#attended) {
      // Where unread messages stand already, the line stays at the first of them.
      if (!this.#unread) this.unreadFromId = message.id
      if (!this.#atEnd) this.newCount += 1
    }
    this.#unread = true
    this.#read()
  }

  change(message: Message): void {
    if (this.messages.some(({ id }) => id === message.id)) this.#place(message)
  }

  remove(messageId: number): void {
    this.#removed.add(messageId)
    this.messages = this.messages.filter(({ id }) => id !== messageId)
    if (this.unreadFromId === messageId) this.unreadFromId = undefined
  }

  /** Outside of what is loaded, a message is left to the page it belongs to. */
  #place(message: Message): void {
    const placed = insertMessage(this.messages, message)
    const before = this.hasOlder && placed.length > 1 && placed[0]?.id === message.id
    const beyond = this.hasNewer && placed.at(-1)?.id === message.id
    if (!before && !beyond) this.messages = placed
  }

  async #pageOlder(): Promise<void> {
    const oldest = this.messages[0]
    if (oldest === undefined) {
      this.hasOlder = false
      return
    }
    const page = await this.#source.page({ before: keyOf(oldest), limit: PAGE_SIZE })
    this.#take(page.messages)
    this.hasOlder = page.hasMore
  }

  #unreadLineIsOlder(): boolean {
    const from = this.unreadFromId
    if (from === undefined || !this.hasOlder || this.messages.length >= MOST_AT_OPENING) return false
    return !this.messages.some(({ id }) => id === from)
  }

  #take(page: readonly Message[]): void {
    const fresh = page.filter(({ id }) => !this.#removed.has(id))
    this.messages = mergeMessages(this.messages, fresh)
  }

  #read(): void {
    if (!this.#attended || !this.#unread || this.phase !== 'ready') return
    this.#unread = false
    this.#source.markRead()
  }
}

function keyOf(message: Message): MessageKey {
  return { sentAt: message.sentAt, id: message.id }
}
