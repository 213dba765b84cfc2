/** How the pages of the settings change one: at once, with what went wrong kept for the page to show. */
import type { CommandInput } from '../../../src-main/contract/commands.ts'
import type { UserErrorData } from '../../../src-main/contract/errors.ts'
import type { Settings } from '../../../src-main/model/settings.ts'
import { errorDataOf } from '../../bridge.ts'
import type { Linnet } from '../../stores/linnet.svelte.ts'

export class SettingsChange {
  error = $state.raw<UserErrorData | undefined>(undefined)

  constructor(private readonly linnet: Linnet) {}

  set(change: Partial<Settings>): void {
    void this.run(() => this.linnet.client.invoke('settings.set', change))
  }

  /**
   * The answer is shown before its event: when the menu changes a preference back within the same batch of events, it
   * would else never have been another here, and the control would keep what the user chose.
   */
  prefer(change: CommandInput<'preferences.set'>): void {
    const { client, preferences } = this.linnet
    void this.run(async () => (preferences.values = await client.invoke('preferences.set', change)))
  }

  /** Each is sent, also while an earlier one is under way: the last one counts. */
  async run(command: () => Promise<unknown>): Promise<void> {
    try {
      await command()
      this.error = undefined
    } catch (failure) {
      this.error = errorDataOf(failure)
    }
  }
}
