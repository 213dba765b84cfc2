/** The messages of a conversation that are selected, to be copied, forwarded or deleted together. */
import type { Message } from '../../src-main/model/message.ts'
import { compareKeys } from './timeline-order.ts'

export class TimelineSelection {
  /** By id; whole messages, for the window may let go of them meanwhile. */
  #chosen = $state.raw<ReadonlyMap<number, Message>>(new Map())
  /** Where a range starts. */
  #from: number | undefined

  active = $derived(this.#chosen.size > 0)
  /** Oldest first. */
  messages = $derived([...this.#chosen.values()].sort(compareKeys))

  has(messageId: number): boolean {
    return this.#chosen.has(messageId)
  }

  toggle(message: Message): void {
    const chosen = new Map(this.#chosen)
    if (!chosen.delete(message.id)) chosen.set(message.id, message)
    this.#chosen = chosen
    this.#from = message.id
  }

  /** All between the one that was toggled last and this one, of those that are loaded. */
  extendTo(message: Message, loaded: readonly Message[]): void {
    const start = loaded.findIndex(({ id }) => id === this.#from)
    const end = loaded.findIndex(({ id }) => id === message.id)
    if (!this.active || start < 0 || end < 0) {
      if (!this.has(message.id)) this.toggle(message)
      return
    }
    const range = loaded.slice(Math.min(start, end), Math.max(start, end) + 1)
    this.#chosen = new Map([...this.#chosen, ...range.map((one) => [one.id, one] as const)])
  }

  clear(): void {
    this.#chosen = new Map()
    this.#from = undefined
  }

  change(message: Message): void {
    if (this.has(message.id)) this.#chosen = new Map(this.#chosen).set(message.id, message)
  }

  remove(messageId: number): void {
    if (this.has(messageId)) this.#chosen = new Map([...this.#chosen].filter(([id]) => id !== messageId))
  }
}
