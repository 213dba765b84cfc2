/** A conversation that a stranger began: it waits, is taken, or is dropped. Nobody but the user's own devices learns of either. */
import type { BareJid } from '../../model/jid.ts'
import type { Conversation } from '../../model/conversation.ts'
import { announceConversation } from '../conversations.ts'
import type { Tools } from '../tools.ts'

/** From now on it is like any other. */
export function takeRequest(tools: Tools, { id }: Conversation): void {
  tools.storage.setRequest(id, false)
  announceConversation(tools, id)
}

/** Who has become a contact is no stranger any more. */
export function takeRequestOf(tools: Tools, accountId: number, jid: BareJid): void {
  const conversation = tools.storage.findConversationWith(accountId, jid)
  if (conversation?.request === true) takeRequest(tools, conversation)
}

/** With its messages, and what they called themselves. */
export function dropRequest({ storage, events }: Tools, { id, accountId, counterpart }: Conversation): void {
  storage.deleteConversation(id)
  storage.deleteNickname(accountId, counterpart)
  events.emit('conversation.removed', { conversationId: id })
}
