/** The words of a notification. A message's text is foreign: the desktop must show it as text. */
import type { Translate } from '../text/text.ts'
import { plainName } from '../text/names.ts'
import { previewOfBody, shorten } from '../text/preview.ts'

const MAX_TITLE = 80
const MAX_BODY = 300

export interface NotificationText {
  readonly title: string
  readonly body: string
}

export interface MessageNotice {
  readonly name: string
  /** The latest message. */
  readonly body: string
  /** How many messages since the conversation was last read. */
  readonly count: number
  /** Whether the user wants the words shown. */
  readonly preview: boolean
}

export function messageNotification(
  notice: MessageNotice,
  text: Translate,
  platform: NodeJS.Platform,
): NotificationText {
  const { name, body, count, preview } = notice
  const words = escapeBody(previewOfBody(body, name, MAX_BODY, text), platform)
  const more = count > 1 ? text('desktop.notificationMore', { body: words, count: count - 1 }) : words
  return {
    title: plainName(shorten(name, MAX_TITLE)),
    body: preview ? more : text('desktop.notificationMessages', { count }),
  }
}

export function requestNotification(name: string, text: Translate): NotificationText {
  return {
    title: text('desktop.notificationRequest', { name: shorten(name, MAX_TITLE) }),
    body: text('desktop.notificationRequestBody'),
  }
}

/** Linux notification servers render markup in bodies (not in titles): without this a contact could inject it. */
export function escapeBody(body: string, platform: NodeJS.Platform): string {
  if (platform !== 'linux') return body
  return body.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
