/** Connects sending later to the bridge, for one conversation. */
import type { ScheduleActions } from '../components/schedule/schedule.types.ts'
import type { Linnet } from '../stores/linnet.svelte.ts'

export function scheduleActions(linnet: Linnet, conversationId: number): ScheduleActions {
  return {
    add: async (body, dueAt, extras) => {
      const stored = await linnet.attempt('message.schedule', { conversationId, body, dueAt, ...extras })
      if (!stored) throw new Error('not stored')
    },
    change: (scheduledId, body, dueAt) =>
      void linnet.attempt('schedule.change', { scheduledId, body, dueAt }),
    sendNow: (scheduledId) => void linnet.attempt('schedule.sendNow', { scheduledId }),
    remove: (scheduledId) => void linnet.attempt('schedule.delete', { scheduledId }),
  }
}
