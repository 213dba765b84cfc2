/** Conversations as the user handles them: open, page, read, draft. */
import type { CheckedInput } from '../contract/commands.ts'
import type { Conversation } from '../model/conversation.ts'
import type { MessagePage } from '../model/message.ts'
import type { Tools } from './tools.ts'
import { userError } from './user-errors.ts'

/** Makes the conversation when there is none with that address yet. */
export function openConversation(tools: Tools, input: CheckedInput<'conversation.open'>): Conversation {
  const { storage, events, now } = tools
  const known = storage.findConversationWith(input.accountId, input.jid)
  if (known !== undefined) return known
  if (storage.findAccount(input.accountId) === undefined) throw userError('not-found')
  const conversation = storage.insertConversation(input.accountId, input.jid, now())
  events.emit('conversation.changed', { conversation })
  return conversation
}

export function pageMessages(tools: Tools, input: CheckedInput<'conversation.page'>): MessagePage {
  getConversation(tools, input.conversationId)
  return tools.storage.pageMessages(input)
}

export function markRead(tools: Tools, conversationId: number): void {
  const { unreadCount, firstUnreadId } = getConversation(tools, conversationId)
  if (unreadCount === 0 && firstUnreadId === undefined) return
  tools.storage.markRead(conversationId)
  announceConversation(tools, conversationId)
}

export function setDraft(tools: Tools, conversationId: number, draft: string): void {
  if (getConversation(tools, conversationId).draft === draft) return
  tools.storage.setDraft(conversationId, draft)
  announceConversation(tools, conversationId)
}

/** Throws UserError 'not-found'. */
export function getConversation(tools: Tools, conversationId: number): Conversation {
  const conversation = tools.storage.findConversation(conversationId)
  if (conversation === undefined) throw userError('not-found')
  return conversation
}

/** Tells how the conversation stands now, after its messages changed. */
export function announceConversation(tools: Tools, conversationId: number): void {
  const conversation = tools.storage.findConversation(conversationId)
  if (conversation !== undefined) tools.events.emit('conversation.changed', { conversation })
}
