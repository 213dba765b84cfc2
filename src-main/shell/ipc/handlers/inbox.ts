/** Single messages and the feed of notices: their part of the table of commands. */
import type { inboxCommands } from '../../../contract/commands/inbox.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createInboxHandlers({ app }: HandlerTools): Pick<Handlers, keyof typeof inboxCommands> {
  return {
    'single.page': (input) => app.pageSingles(input),
    'single.get': ({ messageId }) => app.getSingle(messageId),
    'single.setUnread': ({ messageId, unread }) => app.setSingleUnread(messageId, unread),
    'single.markAllRead': () => app.markAllSinglesRead(),
    'single.delete': ({ messageId }) => app.deleteSingle(messageId),
    'single.send': (input) => app.sendSingle(input),
    'single.retry': ({ messageId }) => app.retrySingle(messageId),

    'feed.get': ({ itemId }) => app.getFeedItem(itemId),
    'feed.markRead': ({ itemId }) => app.markFeedItemRead(itemId),
    'feed.delete': ({ itemId }) => app.deleteFeedItem(itemId),
    'feed.clear': () => app.clearFeed(),
  }
}
