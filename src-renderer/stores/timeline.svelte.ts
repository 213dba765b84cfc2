/**
 * The messages of one conversation as a window onto its history: pages by keyset at both ends or around a message, and live changes.
 * One store per opened conversation; it knows neither the bridge nor the DOM.
 */
import type { OlderHistory } from '../../src-main/model/archive.ts'
import type {
  AroundWhat,
  HistoryGap,
  Message,
  MessageKey,
  MessagePage,
} from '../../src-main/model/message.ts'
import { TimelineAttention } from './timeline-attention.svelte.ts'
import { mergeGaps, rowAfter } from './timeline-gaps.ts'
import { compareKeys, insertMessage, keyOf, mergeMessages, withinWindow } from './timeline-order.ts'

export interface TimelineSource {
  /** Without a place: the newest page. Oldest first. Rejects when the message to have around is gone. */
  page(from: {
    before?: MessageKey
    after?: MessageKey
    around?: AroundWhat
    limit: number
  }): Promise<MessagePage>
  /** From the server's archive what lies before a row, or before the oldest; stored when it resolves. */
  loadOlder(before?: MessageKey): Promise<OlderHistory>
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
/** So many more may come by themselves before the window is cut again. */
const SLACK = 100
/** Rows that are asked for again at once when gaps changed. */
const REFRESH_SIZE = 200
/** Pages of the archive, one after another, that may have nothing new in them. */
const MOST_EMPTY = 5

export class TimelineStore {
  messages = $state.raw<readonly Message[]>([])
  gaps = $state.raw<readonly HistoryGap[]>([])
  phase = $state<'loading' | 'ready' | 'failed'>('loading')
  /** It was read, and nothing is there. */
  readonly isEmpty = $derived(this.phase === 'ready' && this.messages.length === 0)
  hasOlder = $state(false)
  hasNewer = $state(false)
  /** Nothing older is here, but the server may have it. */
  olderInArchive = $state(false)
  loadingOlder = $state(false)
  /** The archive could not be asked; not asked again by itself. */
  olderFailed = $state(false)
  /** The gap that is being filled, by its `afterPlace`, or that could not be. */
  filling = $state.raw<{ readonly afterPlace: number; readonly failed: boolean }>()

  readonly attention: TimelineAttention
  readonly conversationId: number
  readonly #source: TimelineSource
  #loadingNewer = false
  #farEnd: 'older' | 'newer' = 'older'
  #refresh: 'idle' | 'running' | 'again' = 'idle'
  /** A page that was asked for before a message went must not bring it back. */
  readonly #removed = new Set<number>()

  constructor(start: TimelineStart, source: TimelineSource) {
    this.conversationId = start.conversationId
    this.#source = source
    this.attention = new TimelineAttention(start, () => source.markRead())
  }

  /** The newest page, or where it isn't there, the first unread message and what is around it. Also the way out of `failed`. */
  async open(): Promise<void> {
    this.phase = 'loading'
    try {
      const page = await this.#source.page({ limit: PAGE_SIZE })
      // What came by event and lies before this page waits for the page that it belongs to, or a gap would open.
      const [oldest] = page.messages
      if (page.hasMore && oldest) this.messages = this.messages.filter((one) => compareKeys(one, oldest) >= 0)
      this.#take(page)
      this.#knowOlder(page)
      this.hasNewer = false
      await this.#toUnreadLine()
      this.phase = 'ready'
    } catch {
      this.phase = 'failed'
    }
    this.#read()
    if (this.messages.length === 0) void this.loadOlder()
  }

  /** What lies before: from the database, and where that ends, from the server. */
  async loadOlder(): Promise<void> {
    const more = this.hasOlder || (this.olderInArchive && !this.olderFailed)
    if (this.loadingOlder || !more || this.phase !== 'ready') return
    this.loadingOlder = true
    try {
      if (this.hasOlder) await this.#pageOlder()
      else await this.#askArchive()
      this.#trim('newer', 0)
    } catch {
      // From the database the next scroll tries again; the server is asked again when the user wishes it.
      this.olderFailed = !this.hasOlder
    } finally {
      this.loadingOlder = false
    }
  }

  retryOlder(): Promise<void> {
    this.olderFailed = false
    return this.loadOlder()
  }

  async loadNewer(): Promise<void> {
    const newest = this.messages.at(-1)
    if (this.#loadingNewer || !this.hasNewer || newest === undefined) return
    this.#loadingNewer = true
    try {
      const page = await this.#source.page({ after: keyOf(newest), limit: PAGE_SIZE })
      // Meanwhile the window may have gone elsewhere.
      if (this.messages.at(-1)?.id !== newest.id) return
      this.#take(page)
      this.hasNewer = page.hasMore
      this.#trim('older', 0)
    } catch {
      // The next scroll tries again; what is there stays.
    } finally {
      this.#loadingNewer = false
    }
  }

  /** Back to the end of history, however far away it is. What is on screen stays until the newest page is there. */
  async jumpToLatest(): Promise<void> {
    this.attention.newCount = 0
    if (!this.hasNewer) return
    try {
      this.#moveTo({ ...(await this.#source.page({ limit: PAGE_SIZE })), hasNewer: false })
    } catch {
      // The button is still there.
    }
  }

  /** Has a message, or the first one of a time, in the window, wherever it lies; answers its id. Rejects when it is gone. */
  async jumpTo(what: AroundWhat): Promise<number | undefined> {
    if ('messageId' in what && this.#has(what.messageId)) return what.messageId
    const page = await this.#source.page({ around: what, limit: 2 * PAGE_SIZE })
    const { aroundId } = page
    if (aroundId !== undefined && !this.#has(aroundId)) this.#moveTo(page)
    return aroundId
  }

  async fillGap(gap: HistoryGap): Promise<void> {
    const row = rowAfter(this.messages, gap)
    if (row === undefined || this.filling?.failed === false) return
    const { afterPlace } = gap
    this.filling = { afterPlace, failed: false }
    try {
      await this.#source.loadOlder(keyOf(row))
      await this.refresh()
      this.filling = undefined
    } catch {
      this.filling = { afterPlace, failed: true }
    }
  }

  /** Gaps of this conversation changed: all that is in the window is asked for again. */
  async refresh(): Promise<void> {
    if (this.#refresh !== 'idle') {
      this.#refresh = 'again'
      return
    }
    try {
      do {
        this.#refresh = 'running'
        await this.#refreshOnce()
      } while (this.#isAgain())
    } catch {
      // What is shown stays; the next change asks again.
    } finally {
      this.#refresh = 'idle'
    }
  }

  /** What the reader can see. */
  setView(view: {
    readonly focused: boolean
    readonly atEnd: boolean
    /** The end of the window that is farther from what is in sight. */
    readonly farEnd?: 'older' | 'newer'
  }): void {
    this.#farEnd = view.farEnd ?? 'older'
    this.attention.look(view.focused, view.atEnd && !this.hasNewer)
    this.#read()
  }

  add(message: Message): void {
    if (message.conversationId !== this.conversationId) return
    this.#removed.delete(message.id)
    const known = this.#has(message.id)
    this.#place(message)
    if (!known) this.#notice([message])
  }

  /** Out of the archive: old words at their places, or what was said while we were away. */
  addHistory(conversationId: number, messages: readonly Message[]): void {
    if (conversationId !== this.conversationId) return
    for (const { id } of messages) this.#removed.delete(id)
    const newest = this.messages.at(-1)
    const fresh = withinWindow(this.messages, messages, this)
    this.messages = mergeMessages(this.messages, fresh)
    if (newest) this.#notice(messages.filter((message) => compareKeys(message, newest) > 0))
    this.#trim(this.#farEnd, SLACK)
  }

  change(message: Message): void {
    const before = this.messages.find(({ id }) => id === message.id)
    if (before === undefined) return
    if (message.state === 'failed' && before.state !== 'failed') this.attention.hear([message])
    this.#place(message)
  }

  remove(messageId: number): void {
    this.#removed.add(messageId)
    this.messages = this.messages.filter(({ id }) => id !== messageId)
    this.attention.forget(messageId)
  }

  #has(messageId: number): boolean {
    return this.messages.some(({ id }) => id === messageId)
  }

  /** Outside of what is loaded, a message is left to the page it belongs to. */
  #place(message: Message): void {
    const placed = insertMessage(this.messages, message)
    const before = this.hasOlder && placed.length > 1 && placed[0]?.id === message.id
    const beyond = this.hasNewer && placed.at(-1)?.id === message.id
    if (before || beyond) return
    this.messages = placed
    this.#trim(this.#farEnd, SLACK)
  }

  #notice(messages: readonly Message[]): void {
    this.attention.notice(messages)
    this.#read()
  }

  async #pageOlder(): Promise<void> {
    const oldest = this.messages[0]
    const page = await this.#source.page({
      ...(oldest === undefined ? {} : { before: keyOf(oldest) }),
      limit: PAGE_SIZE,
    })
    // Meanwhile the window may have gone elsewhere.
    if (this.messages[0]?.id !== oldest?.id) return
    this.#take(page)
    this.#knowOlder(page)
  }

  async #askArchive(): Promise<void> {
    for (let tries = 0; tries < MOST_EMPTY; tries += 1) {
      const { added, more } = await this.#source.loadOlder()
      this.olderInArchive = more
      // What it stored is there as a page, whether its event came yet or not.
      await this.#pageOlder()
      if (added > 0 || !more) return
    }
  }

  #knowOlder(page: MessagePage): void {
    this.hasOlder = page.hasMore
    this.olderInArchive = !page.hasMore && page.olderInArchive === true
  }

  async #toUnreadLine(): Promise<void> {
    const messageId = this.attention.unreadFromId
    if (messageId === undefined || !this.hasOlder || this.#has(messageId)) return
    // Without the line it is a conversation like any other.
    await this.jumpTo({ messageId }).catch(() => this.attention.forget(messageId))
  }

  /** The window goes elsewhere. */
  #moveTo(page: MessagePage): void {
    this.messages = []
    this.gaps = []
    this.#take(page)
    this.#knowOlder(page)
    this.hasNewer = page.hasNewer === true
    this.olderFailed = false
  }

  #take(page: MessagePage): void {
    const fresh = page.messages.filter(({ id }) => !this.#removed.has(id))
    this.messages = mergeMessages(this.messages, fresh)
    this.gaps = mergeGaps(this.gaps, page)
  }

  async #refreshOnce(): Promise<void> {
    let from = this.messages[0]
    while (from !== undefined) {
      const { place, id } = from
      const page = await this.#source.page({ after: { place, id: id - 1 }, limit: REFRESH_SIZE })
      const messages = withinWindow(this.messages, page.messages, { hasOlder: true, hasNewer: this.hasNewer })
      this.#take({ ...page, messages })
      const last = messages.at(-1)
      from = page.hasMore && last !== undefined && last.id !== id ? last : undefined
    }
  }

  #isAgain(): boolean {
    return this.#refresh === 'again'
  }

  /** Lets go of the far end. */
  #trim(end: 'older' | 'newer', slack: number): void {
    if (this.messages.length <= KEPT + slack) return
    if (end === 'newer') {
      this.messages = this.messages.slice(0, KEPT)
      this.hasNewer = true
    } else {
      this.messages = this.messages.slice(-KEPT)
      this.hasOlder = true
    }
  }

  /** What cannot be seen yet is not read. */
  #read(): void {
    if (this.phase === 'ready') this.attention.read()
  }
}
