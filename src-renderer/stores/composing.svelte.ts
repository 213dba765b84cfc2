/** What the composer of one conversation is about: a new message, an answer to one, or another wording of an own one. */
import type { Message } from '../../src-main/model/message.ts'
import type { ComposingMode } from '../components/composer/composing.ts'

export class ComposingStore {
  /** Undefined: a new message. */
  mode = $state.raw<ComposingMode>()

  reply(message: Message): void {
    this.mode = { kind: 'reply', message }
  }

  correct(message: Message): void {
    this.mode = { kind: 'correct', message }
  }

  cancel(): void {
    this.mode = undefined
  }

  /** What is answered reads otherwise now. The words in the composer are the user's and stay. */
  change(message: Message): void {
    if (this.mode?.message.id === message.id) this.mode = { ...this.mode, message }
  }

  /** What is gone can be neither answered nor corrected. */
  remove(messageId: number): void {
    if (this.mode?.message.id === messageId) this.mode = undefined
  }
}
