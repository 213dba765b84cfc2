/** Messages that are to be sent later: what the renderer may ask for. */
import * as v from 'valibot'
import type { ScheduledMessage } from '../../model/schedule.ts'
import { body, id } from '../fields.ts'
import { linkCard } from './links.ts'
import { spoiler } from './replies.ts'

/** Epoch milliseconds, up to the end of the year 9999; one that is past is due at once. */
const dueAt = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(253_402_300_799_999))

export const scheduleCommands = {
  'message.schedule': v.strictObject({
    ...{ conversationId: id, body, dueAt },
    /** As in message.send. */
    replyTo: v.optional(id),
    spoiler: v.optional(spoiler),
    link: v.optional(linkCard),
  }),
  'schedule.change': v.strictObject({ scheduledId: id, body, dueAt }),
  'schedule.sendNow': v.strictObject({ scheduledId: id }),
  'schedule.delete': v.strictObject({ scheduledId: id }),
} as const

/** Answers of these commands; one that is not named answers nothing. */
export interface ScheduleOutputs {
  'message.schedule': ScheduledMessage
  'schedule.change': ScheduledMessage
}
