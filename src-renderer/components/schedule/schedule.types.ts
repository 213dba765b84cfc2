/** What the conversation view needs to send later; the screen around it connects it to the bridge. */
import type { LinkCard } from '../../../src-main/model/links.ts'

/** What may go along with words. */
export interface SendExtras {
  readonly replyTo?: number
  readonly spoiler?: string
  readonly link?: LinkCard
}

export interface ScheduleActions {
  /** Rejects when it was not stored: the composer then keeps the words. */
  readonly add: (body: string, dueAt: number, extras?: SendExtras) => Promise<void>
  readonly change: (scheduledId: number, body: string, dueAt: number) => void
  readonly sendNow: (scheduledId: number) => void
  readonly remove: (scheduledId: number) => void
}
