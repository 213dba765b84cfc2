/** How far each account's archive has been loaded. */
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { AppState } from '../../src-main/contract/snapshot.ts'
import type { ArchiveProgress } from '../../src-main/model/archive.ts'

export class ArchiveStore {
  #all = $state.raw<readonly ArchiveProgress[]>([])

  /** Undefined until the account has been asked once. */
  of(accountId: number): ArchiveProgress | undefined {
    return this.#all.find((each) => each.accountId === accountId)
  }

  start(state: AppState): void {
    this.#all = state.archives
  }

  apply(event: AppEvent): void {
    if (event.name !== 'archive.progressed') return
    const { progress } = event.payload
    this.#all = [...this.#all.filter(({ accountId }) => accountId !== progress.accountId), progress]
  }
}
