/** The pinned messages of one conversation. They are on this computer alone; it knows neither the bridge nor the DOM. */
import type { Message } from '../../src-main/model/message.ts'

export class PinStore {
  /** The one pinned last first. */
  messages = $state.raw<readonly Message[]>([])
  /** What happened while they were fetched counts more than what was fetched. */
  readonly #heard = new Set<number>()

  constructor(readonly conversationId: number) {}

  /** Nothing is pinned where this can't be known. */
  async open(list: () => Promise<readonly Message[]>): Promise<void> {
    try {
      const fetched = await list()
      const fresh = fetched.filter(({ id }) => !this.#heard.has(id))
      this.messages = sorted([...this.messages, ...fresh])
    } catch {
      // The next visit asks again.
    }
  }

  change(message: Message): void {
    if (message.conversationId !== this.conversationId) return
    this.#heard.add(message.id)
    const others = this.messages.filter(({ id }) => id !== message.id)
    if (message.pinnedAt !== undefined) this.messages = sorted([...others, message])
    else if (others.length < this.messages.length) this.messages = others
  }

  remove(messageId: number): void {
    this.#heard.add(messageId)
    this.messages = this.messages.filter(({ id }) => id !== messageId)
  }
}

function sorted(messages: readonly Message[]): readonly Message[] {
  return [...messages].sort((one, other) => (other.pinnedAt ?? 0) - (one.pinnedAt ?? 0) || other.id - one.id)
}
