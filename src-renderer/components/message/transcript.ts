/** Several messages as text to be pasted elsewhere: when, who, and what, one after another. */
import type { Message } from '../../../src-main/model/message.ts'
import type { Translate } from '../../../src-main/text/text.ts'
import { clockTime } from '../../../src-main/text/times.ts'
import { dayOf } from './days.ts'

/** Oldest first. One alone is its words alone. */
export function transcriptOf(
  messages: readonly Message[],
  nameOf: (message: Message) => string,
  t: Translate,
): string {
  const [only] = messages
  if (messages.length === 1 && only !== undefined) return only.body
  return messages
    .map((message) =>
      t('chats.copied', {
        time: `[${dayOf(message.sentAt) ?? ''} ${clockTime(message.sentAt, t.locale)}]`,
        name: nameOf(message),
        text: message.body,
      }),
    )
    .join('\n')
}
