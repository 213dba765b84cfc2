/** What people do with messages: corrections, retractions, reactions: what the renderer may ask for. */
import * as v from 'valibot'
import type { Version } from '../../model/actions.ts'
import { isOneEmoji } from '../../model/one-emoji.ts'
import { id, MAX_BODY_LENGTH, text } from '../fields.ts'

/** More than anybody selects by hand. */
const MAX_MESSAGES = 1000

const message = v.strictObject({ messageId: id })

export const actionsCommands = {
  /** Other words for an own message. */
  'message.correct': v.strictObject({
    messageId: id,
    body: v.pipe(
      text(MAX_BODY_LENGTH),
      v.check((body) => body.trim() !== ''),
    ),
  }),
  /** What a message said, oldest first; empty where it was never corrected. */
  'message.versions': message,
  /** Takes an own message back, for everybody. */
  'message.retract': message,
  'message.react': v.strictObject({
    messageId: id,
    emoji: v.pipe(text(64), v.check(isOneEmoji)),
    chosen: v.boolean(),
  }),
  /** Removes messages on this computer only. */
  'message.forget': v.strictObject({ messageIds: v.pipe(v.array(id), v.maxLength(MAX_MESSAGES)) }),
  /** What was done to the message and failed: once more, or not at all. */
  'message.retryDeeds': message,
  'message.dropDeeds': message,
} as const

/** Answers of these commands; one that is not named answers nothing. */
export interface ActionsOutputs {
  'message.versions': readonly Version[]
}
