/** What stands in place of words that are only shown when the reader asks (XEP-0382). */
import type { Translate } from './text.ts'

/** `hint`: what they are about; may be empty. */
export function spoilerWords(hint: string, t: Translate): string {
  return hint === '' ? t('replies.spoiler') : t('replies.spoilerAbout', { hint })
}

/** The words of a message where they can be seen by whoever looks: in lists, notifications, beside an answer. */
export function openWords(
  message: { readonly body: string; readonly spoiler?: string },
  t: Translate,
): string {
  return message.spoiler === undefined ? message.body : spoilerWords(message.spoiler, t)
}
