/** From what is pressed in the log to the message it belongs to. */
import type { Message } from '../../../src-main/model/message.ts'
import { writtenIn } from './copy-as-written.ts'
import type { MessageSubject } from './message-actions.ts'

/** The message that an element of the log belongs to. */
export function messageAt(target: EventTarget | null, messages: readonly Message[]): Message | undefined {
  if (!(target instanceof Element)) return undefined
  const id = target.closest<HTMLElement>('[data-message]')?.dataset['message']
  return id === undefined ? undefined : messages.find((message) => message.id === Number(id))
}

export function subjectAt(
  target: EventTarget | null,
  messages: readonly Message[],
): MessageSubject | undefined {
  if (!(target instanceof Element)) return undefined
  const subject = subjectOf(target.closest<HTMLElement>('[data-message]') ?? undefined, messages)
  return subject && { ...subject, href: target.closest('a')?.href }
}

/** Of a message's own element. */
export function subjectOf(
  element: HTMLElement | undefined,
  messages: readonly Message[],
): MessageSubject | undefined {
  const message = messageAt(element ?? null, messages)
  if (message === undefined || element === undefined) return undefined
  return { message, element, selection: writtenIn(element, getSelection()) }
}
