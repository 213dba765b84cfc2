/** Finds what the user wants to act on, or says why not. */
import type { Jid } from '../../model/jid.ts'
import type { Message } from '../../model/message.ts'
import { addressOf, getConversation } from '../conversations.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'

/** One that has words. Throws UserError 'not-found'. */
export function getMessage({ storage }: Tools, messageId: number): Message {
  const message = storage.findMessage(messageId)
  if (message === undefined || message.retractedAt !== undefined) throw userError('not-found')
  return message
}

export function getOwnMessage(tools: Tools, messageId: number): Message {
  const message = getMessage(tools, messageId)
  if (message.direction !== 'out') throw userError('not-found')
  return message
}

/** Nobody can have it: it failed, or no stream ever had it. */
export function isUnsent({ storage }: Tools, { id, state }: Message): boolean {
  return state === 'failed' || (state === 'pending' && !storage.getReference(id).handedOver)
}

/** Whom what is done to it has to be told. */
export function counterpartOf(tools: Tools, { conversationId }: Message): Jid {
  return addressOf(getConversation(tools, conversationId))
}

export function isInRoom(tools: Tools, { conversationId }: Message): boolean {
  return getConversation(tools, conversationId).kind === 'room'
}
