/** Messages that are to be sent later: their part of the table of commands. */
import type { scheduleCommands } from '../../../contract/commands/schedule.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createScheduleHandlers({ app }: HandlerTools): Pick<Handlers, keyof typeof scheduleCommands> {
  return {
    'message.schedule': (input) => app.scheduleMessage(input),
    'schedule.change': (input) => app.changeScheduled(input),
    'schedule.sendNow': ({ scheduledId }) => app.sendScheduledNow(scheduledId),
    'schedule.delete': ({ scheduledId }) => app.deleteScheduled(scheduledId),
  }
}
