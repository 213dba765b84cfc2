/** Rules of the composer that need no DOM. */
import type { Message } from '../../../src-main/model/message.ts'

/** What is written answers a message, or replaces an own one's words. */
export interface ComposingMode {
  readonly kind: 'reply' | 'correct'
  readonly message: Message
}

/** As many UTF-16 units as the contract allows in a body (MAX_BODY_LENGTH; a test compares). */
export const MAX_LENGTH = 65_536
/** From here on the composer tells how many characters are left. */
export const COUNTED_FROM = 1000
export const DRAFT_DELAY_MS = 400

/** What goes out: without empty lines around it and spaces after it; undefined when nothing is left. */
export function sendable(text: string): string | undefined {
  const body = text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd()
  return body.trim() === '' ? undefined : body
}

/** Whether a key is held with the one for commands: Command on macOS, where Ctrl moves in the text, else Ctrl. */
export function isCommand(
  event: Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): boolean {
  const mac = navigator.userAgent.includes('Mac')
  return (
    (mac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey) &&
    !event.altKey &&
    !event.shiftKey
  )
}
