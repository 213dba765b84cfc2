/**
 * What is being written, kept as a draft: a moment after the last key, and whenever it is asked for. While an own message is
 * corrected its words stand here instead, and the draft waits.
 */
import { DRAFT_DELAY_MS, type ComposingMode } from './composing.ts'

export class Draft {
  text = $state('')
  #kept: string
  #timer: ReturnType<typeof setTimeout> | undefined
  /** While a message is corrected: the draft that waits. */
  #waiting: string | undefined
  readonly #save: (draft: string) => void

  constructor(draft: string, save: (draft: string) => void) {
    this.text = this.#kept = draft
    this.#save = save
  }

  /** A change from elsewhere: another window, a link. */
  take(draft: string): void {
    if (draft === this.#kept || this.#waiting !== undefined) return
    this.text = this.#kept = draft
  }

  keepSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.keep(), DRAFT_DELAY_MS)
  }

  keep(): void {
    clearTimeout(this.#timer)
    if (this.#waiting !== undefined || this.text === this.#kept) return
    this.#kept = this.text
    this.#save(this.text)
  }

  /** The words of the message to be corrected take the draft's place, and give it back. */
  enter(mode: ComposingMode | undefined): void {
    if (mode?.kind === 'correct') {
      this.keep()
      this.#waiting ??= this.text
      this.text = mode.message.body
    } else if (this.#waiting !== undefined) {
      this.text = this.#waiting
      this.#waiting = undefined
    }
  }
}
