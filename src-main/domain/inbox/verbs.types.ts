/** Single messages and the feed of notices: what the shell may call. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { FeedItem, SingleMessage, SinglePage } from '../../model/inbox.ts'

export interface InboxVerbs {
  pageSingles(input: CheckedInput<'single.page'>): SinglePage
  getSingle(messageId: number): SingleMessage
  /** Only one that was received. */
  setSingleUnread(messageId: number, unread: boolean): void
  markAllSinglesRead(): void
  /** Not one that is still on its way. */
  deleteSingle(messageId: number): void
  sendSingle(input: CheckedInput<'single.send'>): SingleMessage
  /** Only an own one that failed. */
  retrySingle(messageId: number): void

  getFeedItem(itemId: number): FeedItem
  markFeedItemRead(itemId: number): void
  deleteFeedItem(itemId: number): void
  clearFeed(): void
}
