/** The feed of notices as the user handles it: open, read, delete, clear. */
import type { FeedItem } from '../../model/inbox.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'

/** Throws UserError 'not-found'. */
export function getFeedItem(tools: Tools, itemId: number): FeedItem {
  const item = tools.storage.findFeedItem(itemId)
  if (item === undefined) throw userError('not-found')
  return item
}

export function markFeedItemRead(tools: Tools, itemId: number): void {
  const item = tools.storage.markFeedItemRead(itemId)
  if (item !== undefined) tools.events.emit('feed.put', { item })
}

export function deleteFeedItem(tools: Tools, itemId: number): void {
  getFeedItem(tools, itemId)
  tools.storage.deleteFeedItem(itemId)
  tools.events.emit('feed.removed', { itemIds: [itemId] })
}

export function clearFeed(tools: Tools): void {
  const itemIds = tools.storage.clearFeed()
  if (itemIds.length > 0) tools.events.emit('feed.removed', { itemIds })
}
