/** The feed of notices, newest first: a few hundred at most. */
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { AppState } from '../../src-main/contract/snapshot.ts'
import type { FeedSummary } from '../../src-main/model/inbox.ts'

export class FeedStore {
  list = $state.raw<readonly FeedSummary[]>([])
  unreadCount = $derived(this.list.filter(({ unread }) => unread).length)

  start({ feed }: AppState): void {
    this.list = feed
  }

  apply(event: AppEvent): void {
    if (event.name === 'feed.put') {
      const { item } = event.payload
      const known = this.list.some(({ id }) => id === item.id)
      this.list = known ? this.list.map((one) => (one.id === item.id ? item : one)) : [item, ...this.list]
    } else if (event.name === 'feed.removed') {
      const gone = new Set(event.payload.itemIds)
      this.list = this.list.filter(({ id }) => !gone.has(id))
    } else if (event.name === 'account.removed') {
      this.list = this.list.filter(({ accountId }) => accountId !== event.payload.accountId)
    }
  }
}
