/** Messages that are to be sent later: plain types, what is announced, and what a window starts with. */
import type { LinkCard } from './links.ts'

export interface ScheduledMessage {
  readonly id: number
  readonly accountId: number
  readonly conversationId: number
  readonly body: string
  /** Epoch milliseconds. */
  readonly dueAt: number
  /** As in Message. */
  readonly spoiler?: string
  readonly link?: LinkCard
  /** The message of the same conversation that it answers; it may be gone. */
  readonly replyTo?: number
}

export interface ScheduleEvents {
  'schedule.changed': { readonly scheduled: ScheduledMessage }
  /** It was sent, or the user took it back. */
  'schedule.removed': { readonly scheduledId: number; readonly conversationId: number }
}

export interface ScheduleState {
  /** The next one first. */
  readonly scheduled: readonly ScheduledMessage[]
}
