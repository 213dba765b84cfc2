/** The Inbox: single messages as a window onto a long list, newest first, and what is being written. */
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { AppState } from '../../src-main/contract/snapshot.ts'
import type { SinglePage, SingleSummary } from '../../src-main/model/inbox.ts'
import type { Client } from '../bridge.ts'

const PAGE_SIZE = 100

/** What was written and not sent, kept while the window lives. */
export interface ComposeDraft {
  readonly to: string
  readonly subject: string
  readonly body: string
}

export class InboxStore {
  #byId = $state.raw<ReadonlyMap<number, SingleSummary>>(new Map())
  list = $derived([...this.#byId.values()].sort((a, b) => b.sentAt - a.sentAt || b.id - a.id))
  unreadCount = $state(0)
  hasMore = $state(false)
  /** By what is answered, or for a new message by whom it was begun for. */
  readonly drafts = new Map<string, ComposeDraft>()
  #loading = false

  find(messageId: number): SingleSummary | undefined {
    return this.#byId.get(messageId)
  }

  /** The next page; nothing while one is on its way. A failure is tried again by the next scroll. */
  async loadMore(client: Client): Promise<void> {
    const last = this.list.at(-1)
    if (this.#loading || !this.hasMore || last === undefined) return
    this.#loading = true
    try {
      const before = { sentAt: last.sentAt, id: last.id }
      this.#take(await client.invoke('single.page', { before, limit: PAGE_SIZE }))
    } catch {
      // What is there stays.
    } finally {
      this.#loading = false
    }
  }

  start({ inbox }: AppState): void {
    this.#byId = new Map()
    this.#take(inbox)
    this.unreadCount = inbox.unreadCount
  }

  apply(event: AppEvent): void {
    switch (event.name) {
      case 'single.added':
        if (!this.#isBeyond(event.payload.message)) this.#put(event.payload.message)
        break
      case 'single.changed':
        if (this.#byId.has(event.payload.message.id)) this.#put(event.payload.message)
        break
      case 'single.removed':
        this.#keep(({ id }) => id !== event.payload.messageId)
        break
      case 'single.allRead':
        this.#byId = new Map([...this.#byId].map(([id, one]) => [id, { ...one, unread: false }]))
        break
      case 'inbox.unreadChanged':
        this.unreadCount = event.payload.unreadCount
        break
      case 'account.removed':
        this.#keep(({ accountId }) => accountId !== event.payload.accountId)
        break
    }
  }

  /** Older than what is loaded: it comes with its page. */
  #isBeyond(message: SingleSummary): boolean {
    const last = this.list.at(-1)
    return this.hasMore && last !== undefined && message.sentAt < last.sentAt
  }

  #take(page: SinglePage): void {
    this.#byId = new Map([...this.#byId, ...page.messages.map((one) => [one.id, one] as const)])
    this.hasMore = page.hasMore
  }

  #put(message: SingleSummary): void {
    this.#byId = new Map(this.#byId).set(message.id, message)
  }

  #keep(wanted: (message: SingleSummary) => boolean): void {
    this.#byId = new Map([...this.#byId].filter(([, message]) => wanted(message)))
  }
}
