/** The message that the mouse rests on: not each one that it only passes. */

const REST_MS = 120

export class Pointed {
  id = $state<number>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #next: number | undefined

  over({ pointerType, buttons }: PointerEvent, messageId: number | undefined): void {
    // A finger points at nothing, and a pressed mouse selects words.
    if (pointerType !== 'mouse' || buttons !== 0 || messageId === this.#next) return
    this.#next = messageId
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => (this.id = messageId), REST_MS)
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.#next = undefined
    this.id = undefined
  }
}
