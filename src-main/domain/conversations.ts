/** Conversations as the user handles them: open, page, read, draft. */
import type { CheckedInput } from '../contract/commands.ts'
import type { Conversation } from '../model/conversation.ts'
import type { FullJid, Jid } from '../model/jid.ts'
import type { MessagePage } from '../model/message.ts'
import { oweMarker } from './receipts/duties.ts'
import { readAll } from './reading.ts'
import { announceRoom } from './rooms/describe.ts'
import { withHistory } from './archive/history.ts'
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
  const page = tools.storage.pageMessages(input)
  if (input.around && 'messageId' in input.around && page.aroundId === undefined) throw userError('not-found')
  return withHistory(tools, input, page)
}

/** The caller flushes the outbox: whoever wrote may want to know, and so do our other devices. */
export function markRead(tools: Tools, conversationId: number): Conversation {
  const conversation = getConversation(tools, conversationId)
  const { accountId, counterpart, unreadCount, firstUnreadId, kind } = conversation
  if (unreadCount === 0 && firstUnreadId === undefined) return conversation
  const isLater = tools.storage.transaction(() => {
    oweMarker(tools, conversationId)
    if (kind !== 'private') tools.storage.setDisplayedDue(accountId, counterpart, true)
    return readAll(tools, conversation)
  })
  if (isLater) return conversation
  announceConversation(tools, conversationId)
  if (kind === 'room') announceRoom(tools, conversationId)
  return conversation
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

/** Where what is said in it goes: of one with an occupant of a room, that one's address there. */
export function addressOf({ kind, counterpart, nick }: Conversation): Jid {
  return kind === 'private' ? (`${counterpart}/${nick ?? ''}` as FullJid) : counterpart
}

/** Tells how the conversation stands now, after its messages changed. */
export function announceConversation(tools: Tools, conversationId: number): void {
  const conversation = tools.storage.findConversation(conversationId)
  if (conversation !== undefined) tools.events.emit('conversation.changed', { conversation })
}
