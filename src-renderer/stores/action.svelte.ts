/** A command that a button started: whether it runs, and why it failed. */
import type { UserErrorData } from '../../src-main/contract/errors.ts'
import { errorDataOf } from '../bridge.ts'

export class Action {
  busy = $state(false)
  error = $state.raw<UserErrorData | undefined>(undefined)

  /** True when it succeeded. Does nothing while an earlier run is under way. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.error = undefined
    try {
      await work()
      return true
    } catch (error) {
      this.error = errorDataOf(error)
      return false
    } finally {
      this.busy = false
    }
  }
}
