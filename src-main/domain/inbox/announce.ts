/** Tells the windows what changed in the Inbox and in the feed of notices. */
import type { FeedSummary, SingleMessage, SingleSummary } from '../../model/inbox.ts'
import type { Tools } from '../tools.ts'

const PREVIEW_LENGTH = 200

export function announceSingleAdded(tools: Tools, message: SingleMessage): void {
  // The count first: who hears of the message wants to know how many are unread.
  if (message.unread) announceUnread(tools)
  tools.events.emit('single.added', { message: summaryOf(message) })
}

export function announceSingleChanged(tools: Tools, message: SingleMessage): void {
  tools.events.emit('single.changed', { message: summaryOf(message) })
}

export function announceUnread(tools: Tools): void {
  tools.events.emit('inbox.unreadChanged', { unreadCount: tools.storage.countUnreadSingles() })
}

/** `dropped`: the ids of those that had to make room. */
export function announceFeed(tools: Tools, item: FeedSummary, dropped: readonly number[]): void {
  tools.events.emit('feed.put', { item })
  if (dropped.length > 0) tools.events.emit('feed.removed', { itemIds: dropped })
}

/** As storage gives it in a page. */
export function summaryOf({ body, ...message }: SingleMessage): SingleSummary {
  const { id, accountId, direction, counterpart, subject, sentAt, state, unread } = message
  const preview = [...body.slice(0, 2 * PREVIEW_LENGTH)].slice(0, PREVIEW_LENGTH).join('')
  return { id, accountId, direction, counterpart, subject, sentAt, state, unread, preview }
}
