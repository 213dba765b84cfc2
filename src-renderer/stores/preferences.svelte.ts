/** How the application bends to its user. */
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { Snapshot } from '../../src-main/contract/snapshot.ts'
import type { Preferences } from '../../src-main/model/preferences.ts'

export class PreferencesStore {
  values = $state.raw<Preferences>({
    textSize: 'normal',
    zoom: 100,
    sounds: true,
    quietHours: { enabled: false, from: 1320, to: 420, days: [0, 1, 2, 3, 4, 5, 6] },
    spelling: { wish: 'unasked', languages: [] },
    shortcuts: {},
    updates: 'unasked',
  })

  start(snapshot: Snapshot): void {
    this.values = snapshot.preferences
  }

  apply(event: AppEvent): void {
    if (event.name === 'preferences.changed') this.values = event.payload.preferences
  }
}
