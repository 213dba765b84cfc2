/** Messages that are to be sent later. */
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { AppState } from '../../src-main/contract/snapshot.ts'
import type { ScheduledMessage } from '../../src-main/model/schedule.ts'

export class ScheduleStore {
  #all = $state.raw<readonly ScheduledMessage[]>([])

  /** The next one first. */
  of(conversationId: number): readonly ScheduledMessage[] {
    return this.#all.filter((each) => each.conversationId === conversationId)
  }

  start(state: AppState): void {
    this.#all = state.scheduled
  }

  apply(event: AppEvent): void {
    if (event.name === 'schedule.changed') {
      const { scheduled } = event.payload
      const others = this.#all.filter(({ id }) => id !== scheduled.id)
      this.#all = [...others, scheduled].sort((one, other) => one.dueAt - other.dueAt || one.id - other.id)
    } else if (event.name === 'schedule.removed') {
      const { scheduledId } = event.payload
      this.#all = this.#all.filter(({ id }) => id !== scheduledId)
    } else if (event.name === 'account.removed') {
      const { accountId } = event.payload
      this.#all = this.#all.filter((each) => each.accountId !== accountId)
    }
  }
}
