/** Groups that are folded, and how far a change of many contacts is. */
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { AppState } from '../../src-main/contract/snapshot.ts'

export interface Progress {
  readonly done: number
  readonly total: number
}

export class PeopleStore {
  /** By name; the empty name stands for contacts without a group. */
  folded = $state.raw<ReadonlySet<string>>(new Set())
  /** Of the change that runs, or ran last. */
  progress = $state.raw<Progress>({ done: 0, total: 0 })

  start(state: AppState): void {
    this.folded = new Set(state.foldedGroups)
  }

  apply(event: AppEvent): void {
    if (event.name === 'group.foldedChanged') this.folded = new Set(event.payload.folded)
    if (event.name === 'roster.progressed') this.progress = event.payload
  }
}
