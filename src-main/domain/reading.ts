/**
 * What the user has read becomes read: at once for what people leave unread, and little by little for a quarter of a million messages
 * after a long absence, so that the program goes on answering. Nothing is announced a message.
 */
import type { Conversation } from '../model/conversation.ts'
import { announceRoom } from './rooms/describe.ts'
import type { Tools } from './tools.ts'

/** As many rows as cost a few milliseconds. */
const ROWS_A_TURN = 500

const underWay = new WeakMap<Tools['storage'], Set<number>>()

/** Call it in the transaction that owes the marker; the caller announces. True when some are left for later, announced then. */
export function readAll(tools: Tools, conversation: Conversation): boolean {
  const { id, unreadCount } = conversation
  const { storage } = tools
  if (unreadCount <= ROWS_A_TURN) {
    storage.markRead(id)
    return false
  }
  const running = underWay.get(storage) ?? new Set<number>()
  underWay.set(storage, running)
  if (running.has(id)) return true
  running.add(id)
  // What comes meanwhile has not been read.
  const upTo = storage.findLastId()
  void readOn(tools, conversation, upTo)
    .catch((error: unknown) =>
      tools.log('domain/reading', 'error', 'not all could be marked as read', { error }),
    )
    .finally(() => running.delete(id))
  return true
}

async function readOn(tools: Tools, { id, kind }: Conversation, upTo: number): Promise<void> {
  const { storage, events } = tools
  do await new Promise((resolve) => setImmediate(resolve))
  while (storage.markSomeRead(id, upTo, ROWS_A_TURN) > 0)
  const conversation = storage.findConversation(id)
  if (conversation !== undefined) events.emit('conversation.changed', { conversation })
  if (kind === 'room') announceRoom(tools, id)
}
