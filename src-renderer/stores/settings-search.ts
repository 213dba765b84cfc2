/** Which settings there are, on which page each is, and by what words it is found: in every language that Linnet speaks. Pure. */
import { LOCALES, rawText, type TextKey } from '../../src-main/text/text.ts'
import { folded } from './folded.ts'

export const SETTINGS_PAGES = [
  { id: 'general', label: 'preferences.general' },
  { id: 'accounts', label: 'preferences.accounts' },
  { id: 'notifications', label: 'preferences.notifications' },
  { id: 'privacy', label: 'preferences.privacy' },
  { id: 'appearance', label: 'preferences.appearance' },
  { id: 'shortcuts', label: 'preferences.shortcuts' },
  { id: 'advanced', label: 'preferences.advanced' },
] as const satisfies readonly { readonly id: string; readonly label: TextKey }[]

export type SettingsPage = (typeof SETTINGS_PAGES)[number]['id']

interface Entry {
  readonly page: SettingsPage
  readonly label: TextKey
  /** Hints, values, other words that people call it by. */
  readonly also?: readonly TextKey[]
}

/** In the order in which they stand. Each is wrapped in a `Setting` of its id on its page, which a test checks. */
const CATALOGUE = {
  closeToTray: { page: 'general', label: 'main.closeToTray', also: ['main.settingsWindow'] },
  startup: { page: 'general', label: 'preferences.startup', also: ['preferences.wordsStartup'] },
  availability: { page: 'general', label: 'availability.presence', also: ['preferences.wordsAway'] },
  history: { page: 'general', label: 'archive.limit', also: ['archive.title', 'archive.keep'] },
  export: { page: 'general', label: 'history.exportAllTitle', also: ['history.settings', 'history.export'] },
  backup: {
    page: 'general',
    label: 'history.backupTitle',
    also: ['history.settings', 'history.backupText', 'history.restoreTitle'],
  },
  accounts: {
    page: 'accounts',
    label: 'accounts.list',
    also: [
      ...(['accounts.add', 'accounts.look', 'accounts.enabled', 'accounts.removeConfirm'] as const),
      ...(['profile.title', 'profile.words'] as const),
    ],
  },
  spelling: {
    page: 'general',
    label: 'preferences.spellingEnabled',
    also: ['preferences.spelling', 'preferences.wordsSpelling', 'preferences.spellingLanguages'],
  },
  notifications: { page: 'notifications', label: 'main.notifications' },
  notificationPreview: { page: 'notifications', label: 'main.notificationPreview' },
  sounds: { page: 'notifications', label: 'preferences.sounds', also: ['preferences.wordsSounds'] },
  quietHours: {
    page: 'notifications',
    label: 'preferences.quietHours',
    also: ['preferences.quietEnabled', 'preferences.wordsQuiet'],
  },
  tellVersion: { page: 'privacy', label: 'console.tellVersion' },
  tellSystem: { page: 'privacy', label: 'console.tellSystem', also: ['console.tellSystemHint'] },
  tellTime: { page: 'privacy', label: 'console.tellTime' },
  tellIdle: { page: 'privacy', label: 'console.tellIdle' },
  tellDelivered: { page: 'privacy', label: 'receipts.tellDelivered' },
  tellDisplayed: { page: 'privacy', label: 'receipts.tellDisplayed' },
  tellTyping: { page: 'privacy', label: 'receipts.tellTyping' },
  offerLinkCards: { page: 'privacy', label: 'links.settingOffer', also: ['links.settingOfferHint'] },
  linkPictures: {
    page: 'privacy',
    label: 'links.settingPictures',
    also: ['links.settingPicturesHint', 'links.picturesAlways'],
  },
  blockList: { page: 'privacy', label: 'preferences.blocked', also: ['preferences.wordsBlock'] },
  theme: {
    page: 'appearance',
    label: 'main.theme',
    also: ['main.themeLight', 'main.themeDark', 'preferences.wordsTheme'],
  },
  textSize: { page: 'appearance', label: 'preferences.textSize', also: ['preferences.wordsSize'] },
  zoom: { page: 'appearance', label: 'preferences.zoom', also: ['preferences.wordsSize'] },
  language: { page: 'appearance', label: 'main.language' },
  roomComings: {
    page: 'appearance',
    label: 'roomlog.comings',
    also: ['roomlog.settings', 'roomlog.comingsHint'],
  },
  shortcuts: { page: 'shortcuts', label: 'main.shortcuts', also: ['preferences.wordsShortcuts'] },
  console: { page: 'advanced', label: 'console.open', also: ['console.consoleHint'] },
  updates: { page: 'advanced', label: 'about.updates', also: ['about.updatesCheck', 'about.wordsUpdates'] },
  about: { page: 'advanced', label: 'about.title', also: ['about.licences', 'about.words'] },
  report: { page: 'advanced', label: 'about.reportTitle', also: ['about.wordsReport'] },
  log: { page: 'advanced', label: 'main.showLog', also: ['preferences.wordsLog'] },
} as const satisfies Readonly<Record<string, Entry>>

export type SettingId = keyof typeof CATALOGUE

export interface FoundSetting {
  readonly id: SettingId
  readonly page: SettingsPage
  readonly label: TextKey
}

const entries = Object.entries(CATALOGUE) as [SettingId, Entry][]

export const SETTING_IDS: readonly SettingId[] = entries.map(([id]) => id)

export function pageOf(id: SettingId): SettingsPage {
  return CATALOGUE[id].page
}

/** Every word that was typed has to be somewhere in its words; those that have it in their own name come first. */
export function findSettings(query: string): readonly FoundSetting[] {
  const wanted = folded(query).split(/\s+/u).filter(Boolean)
  if (wanted.length === 0) return []
  const found = entries.flatMap(([id, entry]) => {
    const name = wordsOf([entry.label])
    const rest = wordsOf([labelOf(entry.page), ...(entry.also ?? [])])
    if (!wanted.every((word) => name.includes(word) || rest.includes(word))) return []
    return [{ id, page: entry.page, label: entry.label, named: wanted.every((word) => name.includes(word)) }]
  })
  return found
    .sort((a, b) => Number(b.named) - Number(a.named))
    .map(({ id, page, label }) => ({ id, page, label }))
}

export function labelOf(page: SettingsPage): TextKey {
  return SETTINGS_PAGES.find(({ id }) => id === page)?.label ?? 'main.settings'
}

function wordsOf(keys: readonly TextKey[]): string {
  return folded(keys.flatMap((key) => LOCALES.map((locale) => rawText(locale, key))).join('\n'))
}
