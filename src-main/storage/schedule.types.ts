/** Messages that are to be sent later: what the domain may ask of the database. */
import type { ScheduledMessage } from '../model/schedule.ts'

/** Absent and undefined are the same. */
export type NewScheduled = {
  readonly [K in keyof Omit<ScheduledMessage, 'id'>]: ScheduledMessage[K] | undefined
} & Pick<ScheduledMessage, 'accountId' | 'conversationId' | 'body' | 'dueAt'>

export interface ScheduleStorage {
  /** The next one first. */
  listScheduled(): readonly ScheduledMessage[]
  insertScheduled(message: NewScheduled): ScheduledMessage
  /** Undefined when it is there no more. */
  changeScheduled(
    scheduledId: number,
    change: Pick<ScheduledMessage, 'body' | 'dueAt'>,
  ): ScheduledMessage | undefined
  /** It is there no more; whoever sends it stores it in the same transaction. Undefined when it was not. */
  takeScheduled(scheduledId: number): ScheduledMessage | undefined
}
