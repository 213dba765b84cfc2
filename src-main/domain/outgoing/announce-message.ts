/** Tells how a message stands now, and with it its conversation. */
import type { Message } from '../../model/message.ts'
import { announceConversation } from '../conversations.ts'
import type { Tools } from '../tools.ts'

export function announceMessage(tools: Tools, message: Message): void {
  tools.events.emit('message.changed', { message })
  announceConversation(tools, message.conversationId)
}
