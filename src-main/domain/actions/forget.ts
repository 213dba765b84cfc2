/** Messages are removed on this computer alone, and stay so whatever an archive says. */
import type { Message } from '../../model/message.ts'
import { announceConversation } from '../conversations.ts'
import type { Tools } from '../tools.ts'

/** One that is gone already is no error: somebody else may have removed it meanwhile. */
export function forgetMessages(tools: Tools, messageIds: readonly number[]): void {
  const { storage, events } = tools
  const messages = messageIds.map((id) => storage.findMessage(id)).filter((one) => one !== undefined)
  storage.transaction(() => messages.forEach(({ id }) => storage.forgetMessage(id)))
  for (const { conversationId, id } of messages)
    events.emit('message.removed', { conversationId, messageId: id })
  for (const id of conversationsOf(messages)) announceConversation(tools, id)
}

function conversationsOf(messages: readonly Message[]): ReadonlySet<number> {
  return new Set(messages.map(({ conversationId }) => conversationId))
}
