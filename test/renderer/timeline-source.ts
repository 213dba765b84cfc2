/** A conversation's history as the main process gives it, for tests of the timeline. */
import type { HistoryGap, Message, MessageKey, MessagePage } from '../../src-main/model/message.ts'
import { compareKeys } from '../../src-renderer/stores/timeline-order.ts'
import {
  TimelineStore,
  type TimelineSource,
  type TimelineStart,
} from '../../src-renderer/stores/timeline.svelte.ts'
import { makeMessage } from './make-message.ts'

export interface FakeSource extends TimelineSource {
  readonly history: Message[]
  reads: number
  pages: number
  /** The next page fails. */
  broken: boolean
  gaps: readonly HistoryGap[]
  /** What the server has before all that is here, oldest first; undefined: it can't be asked. */
  archive: Message[] | undefined
  /** Before what the archive was asked for. */
  readonly asked: (MessageKey | undefined)[]
}

/** Storage as the main process has it: pages by key, oldest first. */
export function createSource(count: number): FakeSource {
  const history = Array.from({ length: count }, (_, index) => makeMessage(index + 1))
  return {
    history,
    reads: 0,
    pages: 0,
    broken: false,
    markRead() {
      this.reads += 1
    },
    gaps: [],
    archive: [],
    asked: [],
    loadOlder(before) {
      this.asked.push(before)
      if (this.archive === undefined) return Promise.reject(new Error('offline'))
      const loaded = this.archive.splice(-10)
      history.push(...loaded)
      return Promise.resolve({ added: loaded.length, more: this.archive.length > 0 })
    },
    page({ before, after, around, limit }): Promise<MessagePage> {
      this.pages += 1
      if (this.broken) return Promise.reject(new Error('disk'))
      const sorted = [...history].sort(compareKeys)
      const gaps = this.gaps
      if (around !== undefined) {
        const index = sorted.findIndex((one) =>
          'time' in around ? one.sentAt >= around.time : one.id === around.messageId,
        )
        const start = Math.max(0, index - limit / 2)
        const messages = sorted.slice(start, index + limit / 2)
        const aroundId = sorted[index]?.id
        if (aroundId === undefined) return Promise.reject(new Error('not-found'))
        return Promise.resolve({
          ...{ messages, gaps, aroundId, hasMore: start > 0 },
          hasNewer: index + limit / 2 < sorted.length,
        })
      }
      if (after) {
        const newer = sorted.filter((one) => compareKeys(one, after) > 0)
        return Promise.resolve({ messages: newer.slice(0, limit), hasMore: newer.length > limit, gaps })
      }
      const older = before ? sorted.filter((one) => compareKeys(one, before) < 0) : sorted
      const hasMore = older.length > limit
      const olderInArchive = !hasMore && this.archive?.length !== 0
      return Promise.resolve({ messages: older.slice(-limit), hasMore, gaps, olderInArchive })
    },
  }
}

export async function opened(
  count: number,
  start: Partial<TimelineStart> = {},
): Promise<{ store: TimelineStore; source: FakeSource }> {
  const source = createSource(count)
  const store = new TimelineStore({ conversationId: 1, unreadCount: 0, ...start }, source)
  await store.open()
  return { store, source }
}

export const ids = (store: TimelineStore): number[] => store.messages.map(({ id }) => id)
export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)
