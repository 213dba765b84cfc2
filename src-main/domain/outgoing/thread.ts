/** RFC 6121 §5.2.5: which thread the next message of a conversation belongs to. */
import type { Thread } from '../../model/message.ts'
import type { RecentThread } from '../../storage/storage.ts'

/** `recent` newest first. The counterpart's latest message decides; then our own; else a new thread begins. */
export function nextThread(recent: readonly RecentThread[], newId: () => string): Thread {
  const theirs = recent.find(({ direction }) => direction === 'in')
  const ours = recent.find(({ direction, thread }) => direction === 'out' && thread !== undefined)
  return theirs?.thread ?? ours?.thread ?? { id: newId() }
}
