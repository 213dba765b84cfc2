/** What is known of messages on their way, and who types: what the renderer may ask for. */
import * as v from 'valibot'
import { CHAT_STATES } from '../../model/receipts.ts'
import { id } from '../fields.ts'

export const receiptsCommands = {
  /** What the user does with the conversation on screen; whether anybody is told is decided here, not there. */
  'conversation.setChatState': v.strictObject({ conversationId: id, state: v.picklist(CHAT_STATES) }),
} as const
