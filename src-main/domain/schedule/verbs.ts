/** Messages that are to be sent later: the user's verbs. */
import type { ScheduledMessage, ScheduleState } from '../../model/schedule.ts'
import { encodedBodyLength } from '../../protocol/message.ts'
import { getConversation } from '../conversations.ts'
import { ownCards } from '../links/cards.ts'
import { getOriginal } from '../replies/quote.ts'
import { MAX_ENCODED_BYTES } from '../outgoing/compose.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { userError, withUserErrors } from '../user-errors.ts'
import { releaseScheduled } from './release.ts'
import type { Timetable } from './timetable.ts'
import type { ScheduleVerbs } from './verbs.types.ts'

export function createScheduleVerbs(tools: Tools, sessions: Sessions, timetable: Timetable): ScheduleVerbs {
  const { storage, events } = tools

  function announce(scheduled: ScheduledMessage | undefined): ScheduledMessage {
    if (scheduled === undefined) throw userError('not-found')
    events.emit('schedule.changed', { scheduled })
    timetable.look()
    return scheduled
  }

  return {
    scheduleMessage: ({ conversationId, body, dueAt, replyTo, spoiler, link }) =>
      withUserErrors(() => {
        checkLength(body)
        const { accountId } = getConversation(tools, conversationId)
        if (replyTo !== undefined) getOriginal(tools, replyTo, conversationId)
        const extras = { replyTo, spoiler, link: link && ownCards(body, link)?.[0] }
        return announce(storage.insertScheduled({ accountId, conversationId, body, dueAt, ...extras }))
      }),
    changeScheduled: ({ scheduledId, body, dueAt }) =>
      withUserErrors(() => {
        checkLength(body)
        return announce(storage.changeScheduled(scheduledId, { body, dueAt }))
      }),
    sendScheduledNow: (scheduledId) =>
      withUserErrors(() => {
        const message = releaseScheduled(tools, scheduledId)
        if (message !== undefined) sessions.get(message.accountId).flush()
      }),
    deleteScheduled: (scheduledId) =>
      withUserErrors(() => {
        const taken = storage.takeScheduled(scheduledId)
        if (taken === undefined) return
        events.emit('schedule.removed', { scheduledId, conversationId: taken.conversationId })
      }),
  }
}

function checkLength(body: string): void {
  if (encodedBodyLength(body) > MAX_ENCODED_BYTES) throw userError('message-too-long')
}

export function readScheduleState({ storage }: Tools): ScheduleState {
  return { scheduled: storage.listScheduled() }
}
