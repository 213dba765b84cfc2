/** What is to be sent, in its order: chat messages, what is done to them, single messages. */
import type { PendingDeed } from '../../storage/actions.types.ts'
import type { PendingSingle } from '../../storage/inbox.types.ts'
import type { PendingMessage } from '../../storage/storage.ts'
import type { Tools } from '../tools.ts'

/** A chat message, a single one (with a subject, which may be empty), or a deed. */
export type Due = PendingMessage | PendingSingle | PendingDeed

export function listDue({ storage }: Tools, accountId: number): readonly Due[] {
  const deeds = storage.listPendingDeeds(accountId).filter(({ targetState }) => targetState !== 'failed')
  const chats = withDeeds(storage.listPending(accountId), deeds)
  return withSingles(chats, storage.listPendingSingles(accountId))
}

/** A deed follows the messages that were there when it was done: their rows are counted up, so this is certain. */
function withDeeds(
  chats: readonly PendingMessage[],
  deeds: readonly PendingDeed[],
): readonly (PendingMessage | PendingDeed)[] {
  const merged: (PendingMessage | PendingDeed)[] = []
  let next = 0
  for (const deed of deeds) {
    const first = next
    while ((chats[next]?.id ?? Infinity) <= deed.after) next += 1
    merged.push(...chats.slice(first, next), deed)
  }
  return [...merged, ...chats.slice(next)]
}

/** Each kind in its own order, which is certain; both together by when they were written. */
function withSingles(
  chats: readonly (PendingMessage | PendingDeed)[],
  singles: readonly PendingSingle[],
): readonly Due[] {
  const merged: Due[] = []
  let next = 0
  for (const chat of chats) {
    const first = next
    while ((singles[next]?.sentAt ?? Infinity) < chat.sentAt) next += 1
    merged.push(...singles.slice(first, next), chat)
  }
  return [...merged, ...singles.slice(next)]
}
