/** Replies, forwarded and pinned messages: the commands, and what they answer. */
import * as v from 'valibot'
import type { Message } from '../../model/message.ts'
import { body, contact, id, text } from '../fields.ts'

/** The hint of a message that is only shown when the reader asks; may be empty. */
export const spoiler = v.pipe(text(256), v.trim())

export const repliesCommands = {
  /** The same words to each of these: what is forwarded. Reads nothing and touches no draft. */
  'message.sendToMany': v.strictObject({
    to: v.pipe(v.array(contact), v.minLength(1), v.maxLength(50)),
    bodies: v.pipe(v.array(body), v.minLength(1), v.maxLength(20)),
    spoiler: v.optional(spoiler),
  }),
  /** On this computer alone: nobody else is told. */
  'message.setPinned': v.strictObject({ messageId: id, pinned: v.boolean() }),
  'message.listPinned': v.strictObject({ conversationId: id }),
} as const

export interface RepliesOutputs {
  'message.listPinned': readonly Message[]
}
