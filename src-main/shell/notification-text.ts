/** The words of a notification. A message's text is foreign: the desktop must show it as text. */
import type { Translate } from '../text/text.ts'
import { plainName } from '../text/names.ts'
import { previewOf, previewOfBody, shorten } from '../text/preview.ts'

const MAX_TITLE = 80
const MAX_BODY = 300
const MAX_SUBJECT = 120

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
  return describe(notice, previewOfBody(notice.body, notice.name, MAX_BODY, text), text, platform)
}

export interface SingleNotice extends MessageNotice {
  /** May be empty. */
  readonly subject: string
}

/** A single message: what it is about, then how it begins. `count`: how many are unread in the Inbox. */
export function singleNotification(
  notice: SingleNotice,
  text: Translate,
  platform: NodeJS.Platform,
): NotificationText {
  const lines = [previewOf(notice.subject, MAX_SUBJECT), previewOf(notice.body, MAX_BODY - MAX_SUBJECT)]
  return describe(notice, lines.filter((line) => line !== '').join('\n'), text, platform)
}

function describe(
  { name, count, preview }: Omit<MessageNotice, 'body'>,
  foreign: string,
  text: Translate,
  platform: NodeJS.Platform,
): NotificationText {
  const words = escapeBody(foreign, platform)
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
