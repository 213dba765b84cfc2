/** Single messages and the feed of notices: the user's verbs, one line each. */
import type { InboxState } from '../../model/inbox.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { withUserErrors } from '../user-errors.ts'
import { composeSingle, retrySingle } from './compose-single.ts'
import * as feed from './feed.ts'
import * as singles from './singles.ts'
import type { InboxVerbs } from './verbs.types.ts'

/** What a window starts with; the rest comes by scrolling. */
const FIRST_PAGE = 100

export function createInboxVerbs(tools: Tools, sessions: Sessions): InboxVerbs {
  return {
    pageSingles: (page) => withUserErrors(() => tools.storage.pageSingles(page)),
    getSingle: (id) => withUserErrors(() => singles.getSingle(tools, id)),
    setSingleUnread: (id, unread) => withUserErrors(() => singles.setSingleUnread(tools, id, unread)),
    markAllSinglesRead: () => withUserErrors(() => singles.markAllSinglesRead(tools)),
    deleteSingle: (id) => withUserErrors(() => singles.deleteSingle(tools, id)),
    sendSingle: (input) =>
      withUserErrors(() => {
        const message = composeSingle(tools, input)
        sessions.get(message.accountId).flush()
        return message
      }),
    retrySingle: (id) => withUserErrors(() => sessions.get(retrySingle(tools, id).accountId).flush()),
    getFeedItem: (id) => withUserErrors(() => feed.getFeedItem(tools, id)),
    markFeedItemRead: (id) => withUserErrors(() => feed.markFeedItemRead(tools, id)),
    deleteFeedItem: (id) => withUserErrors(() => feed.deleteFeedItem(tools, id)),
    clearFeed: () => withUserErrors(() => feed.clearFeed(tools)),
  }
}

export function readInboxState({ storage }: Tools): InboxState {
  return {
    inbox: { ...storage.pageSingles({ limit: FIRST_PAGE }), unreadCount: storage.countUnreadSingles() },
    feed: storage.listFeed(),
  }
}
