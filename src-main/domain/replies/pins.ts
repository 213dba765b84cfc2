/** Pinned messages of a conversation. No specification has them for two people, so they stay on this computer. */
import type { Message } from '../../model/message.ts'
import { getConversation } from '../conversations.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'

/** More than one looks through. */
const MOST = 100

export function setPinned(tools: Tools, messageId: number, pinned: boolean): void {
  const { storage, events, now } = tools
  const known = storage.findMessage(messageId)
  if (known === undefined) throw userError('not-found')
  if ((known.pinnedAt !== undefined) === pinned) return
  const message = storage.setPinned(messageId, pinned ? now() : undefined)
  if (message !== undefined) events.emit('message.changed', { message })
}

/** The one pinned last first. */
export function listPinned(tools: Tools, conversationId: number): readonly Message[] {
  getConversation(tools, conversationId)
  return tools.storage.listPinned(conversationId, MOST)
}
