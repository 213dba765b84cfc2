/** Messages that are to be sent later: what the shell may call. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { ScheduledMessage } from '../../model/schedule.ts'

export interface ScheduleVerbs {
  scheduleMessage(input: CheckedInput<'message.schedule'>): ScheduledMessage
  /** Throws UserError 'not-found' where it has been sent meanwhile. */
  changeScheduled(input: CheckedInput<'schedule.change'>): ScheduledMessage
  sendScheduledNow(scheduledId: number): void
  deleteScheduled(scheduledId: number): void
}
