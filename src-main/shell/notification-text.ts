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

/** With several accounts: also which one it came to. */
export function withAccount(
  words: NotificationText,
  account: string | undefined,
  text: Translate,
): NotificationText {
  if (account === undefined) return words
  const name = plainName(shorten(account, MAX_TITLE))
  return { ...words, title: text('accounts.notificationTitle', { title: words.title, name }) }
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

export interface ReactionNotice extends Pick<MessageNotice, 'name' | 'preview'> {
  readonly emoji: string
  /** Of the message that was reacted to. */
  readonly body: string
}

export function reactionNotification(
  { name, emoji, body, preview }: ReactionNotice,
  text: Translate,
  platform: NodeJS.Platform,
): NotificationText {
  const words = escapeBody(previewOf(body, MAX_SUBJECT), platform)
  return {
    title: plainName(shorten(name, MAX_TITLE)),
    body: preview ? text('actions.reacted', { emoji, text: words }) : text('actions.reactedHidden'),
  }
}

export function requestNotification(name: string, text: Translate): NotificationText {
  return {
    title: text('desktop.notificationRequest', { name: shorten(name, MAX_TITLE) }),
    body: text('desktop.notificationRequestBody'),
  }
}

export interface SummaryNotice {
  /** Of all conversations that it is about, the latest first. */
  readonly names: readonly string[]
  /** How many messages in all of them. */
  readonly count: number
}

const MAX_NAMES = 3

export function summaryNotification(
  { names, count }: SummaryNotice,
  text: Translate,
  platform: NodeJS.Platform,
): NotificationText {
  const first = names.slice(0, MAX_NAMES).map((name) => plainName(shorten(name, MAX_TITLE)))
  const listed = escapeBody(first.join(text('desktop.notificationSummaryComma')), platform)
  const more = names.length - first.length
  return {
    title: text('desktop.notificationSummary', { count, conversations: names.length }),
    body: text('desktop.notificationSummaryNames', { names: listed, count: more }),
  }
}

/** Of a stranger who waits: none of their words. */
export function strangerNotification(name: string, text: Translate): NotificationText {
  return {
    title: text('requests.notification', { name: shorten(name, MAX_TITLE) }),
    body: text('requests.notificationBody'),
  }
}

/** Linux notification servers render markup in bodies (not in titles): without this a contact could inject it. */
export function escapeBody(body: string, platform: NodeJS.Platform): string {
  if (platform !== 'linux') return body
  return body.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
