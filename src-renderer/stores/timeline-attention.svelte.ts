/** What the reader has seen of an open conversation: the unread line, what came out of sight, what is to be read out, when all is read. */
import type { Message } from '../../src-main/model/message.ts'
import type { TimelineStart } from './timeline.svelte.ts'

/** More at once than anybody listens to. */
const MOST_HEARD = 5

export class TimelineAttention {
  /** Before which message the unread line stands, until the conversation is left. */
  unreadFromId = $state<number>()
  /** Messages of others that came while the end was out of sight. */
  newCount = $state(0)
  /** What came or failed while this was open and looked at: to be read out, once. The last few. */
  heard = $state.raw<readonly Message[]>([])

  readonly #markRead: () => void
  #unread: boolean
  #focused = false
  #atEnd = true

  constructor({ unreadCount, firstUnreadId }: TimelineStart, markRead: () => void) {
    this.#unread = unreadCount > 0
    this.unreadFromId = firstUnreadId
    this.#markRead = markRead
  }

  look(focused: boolean, atEnd: boolean): void {
    this.#focused = focused
    this.#atEnd = atEnd
    if (atEnd) this.newCount = 0
  }

  /** New messages at the end: unread until they are seen; out of sight they are counted, below a line at the first of them. */
  notice(messages: readonly Message[]): void {
    const received = messages.filter(({ direction }) => direction === 'in')
    const [first] = received
    if (first === undefined) return
    this.hear(received)
    if (!this.#isAttended()) {
      // Where unread messages stand already, the line stays at the first of them.
      if (!this.#unread) this.unreadFromId = first.id
      if (!this.#atEnd) this.newCount += received.length
    }
    this.#unread = true
  }

  /** Elsewhere than in a window with the focus a notification says it. */
  hear(messages: readonly Message[]): void {
    if (this.#focused) this.heard = [...this.heard, ...messages].slice(-MOST_HEARD)
  }

  /** Messages are read when the end is in sight in a window that has the focus. */
  read(): void {
    if (!this.#unread || !this.#isAttended()) return
    this.#unread = false
    this.#markRead()
  }

  forget(messageId: number): void {
    if (this.unreadFromId === messageId) this.unreadFromId = undefined
  }

  #isAttended(): boolean {
    return this.#focused && this.#atEnd
  }
}
