/**
 * What the user does with a conversation, in the words of XEP-0085, told when it changes: no more is known here than what
 * happens in this field and window. Whether anybody hears of it is decided elsewhere.
 */
import type { ChatState } from '../../../src-main/model/receipts.ts'

/** Without a key for so long, typing has paused; without the window's focus for so long, the conversation rests. */
export const PAUSED_AFTER_MS = 10_000
export const INACTIVE_AFTER_MS = 120_000

export class TypingReport {
  #state: ChatState = 'active'
  #pause: ReturnType<typeof setTimeout> | undefined
  #rest: ReturnType<typeof setTimeout> | undefined
  readonly #tell: (state: ChatState) => void

  constructor(tell: (state: ChatState) => void) {
    this.#tell = tell
  }

  /** After each change by the user. */
  typed(text: string): void {
    if (text.trim() === '') return this.#enter('active')
    this.#enter('composing')
    this.#pause = setTimeout(() => this.#enter('paused'), PAUSED_AFTER_MS)
  }

  /** The message itself says that we are active. */
  sent(): void {
    clearTimeout(this.#pause)
    this.#state = 'active'
  }

  attended(focused: boolean): void {
    clearTimeout(this.#rest)
    if (!focused) this.#rest = setTimeout(() => this.#enter('inactive'), INACTIVE_AFTER_MS)
    else if (this.#state === 'inactive') this.#enter('active')
  }

  /** The conversation is left. */
  left(): void {
    clearTimeout(this.#rest)
    this.#enter('inactive')
  }

  #enter(state: ChatState): void {
    clearTimeout(this.#pause)
    if (state === this.#state) return
    this.#state = state
    this.#tell(state)
  }
}
