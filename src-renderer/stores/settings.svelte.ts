/** The user's settings, and the language they amount to on this machine. */
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { Environment, Snapshot } from '../../src-main/contract/snapshot.ts'
import { matchLocale, type Locale } from '../../src-main/text/text.ts'
import type { Settings } from '../../src-main/model/settings.ts'

export class SettingsStore {
  values = $state.raw<Settings>({
    theme: 'system',
    language: 'system',
    notifications: true,
    notificationPreview: true,
    closeToTray: true,
    tellVersion: true,
    tellSystem: false,
    tellTime: true,
    tellIdle: true,
    tellDelivered: true,
    tellDisplayed: true,
    tellTyping: true,
    rosterSort: 'presence',
    rosterOffline: true,
    rosterGroups: true,
    historyLimit: 'year',
    offerLinkCards: true,
    roomComings: 'small',
    linkPictures: 'ask',
  })
  environment = $state.raw<Environment>({
    version: '',
    platform: '',
    locale: matchLocale(navigator.language),
    keyringProtected: true,
    trayAvailable: false,
    development: false,
  })
  /** The snapshot's language counts until the user changes theirs; then the browser engine tells the system's. */
  #changed = $state(false)

  locale = $derived.by((): Locale => {
    if (!this.#changed) return this.environment.locale
    return this.values.language === 'system' ? matchLocale(navigator.language) : this.values.language
  })

  start(snapshot: Snapshot): void {
    this.values = snapshot.settings
    this.environment = snapshot.environment
    this.#changed = false
  }

  apply(event: AppEvent): void {
    if (event.name !== 'settings.changed') return
    this.#changed ||= event.payload.settings.language !== this.values.language
    this.values = event.payload.settings
  }
}
