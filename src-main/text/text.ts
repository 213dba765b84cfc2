/**
 * Words: from a key and values to text in the user's language (ICU MessageFormat). The only place that knows where the
 * strings lie; every string of `locales/en` must exist in each other language, which a test checks.
 */
import { IntlMessageFormat } from 'intl-messageformat'
import { plainName } from './names.ts'
import enChats from './locales/en/chats.json'
import enCommon from './locales/en/common.json'
import enDesktop from './locales/en/desktop.json'
import enEmoji from './locales/en/emoji.json'
import enErrors from './locales/en/errors.json'
import enMain from './locales/en/main.json'
import enRoster from './locales/en/roster.json'
import enInbox from './locales/en/inbox.json'
import enAvailability from './locales/en/availability.json'
import enPeople from './locales/en/people.json'
import enServices from './locales/en/services.json'
import enConsole from './locales/en/console.json'
import enArchive from './locales/en/archive.json'
import enDevices from './locales/en/devices.json'
import enReceipts from './locales/en/receipts.json'
import enActions from './locales/en/actions.json'
import enReplies from './locales/en/replies.json'
import enSearch from './locales/en/search.json'
import enLinks from './locales/en/links.json'
import enSchedule from './locales/en/schedule.json'
import enRooms from './locales/en/rooms.json'
import enPreferences from './locales/en/preferences.json'
import enRoomlog from './locales/en/rooms-log.json'
import enRequests from './locales/en/requests.json'
import enAccounts from './locales/en/accounts.json'
import enHistory from './locales/en/history.json'
import enAbout from './locales/en/about.json'
import enInvites from './locales/en/invites.json'
import enOnboarding from './locales/en/onboarding.json'
import enShortcuts from './locales/en/shortcuts.json'
import enConnection from './locales/en/connection.json'
import enRegistration from './locales/en/registration.json'
import enPictures from './locales/en/pictures.json'
import enProfile from './locales/en/profile.json'
import enSetup from './locales/en/setup.json'
import zhChats from './locales/zh-CN/chats.json'
import zhCommon from './locales/zh-CN/common.json'
import zhDesktop from './locales/zh-CN/desktop.json'
import zhEmoji from './locales/zh-CN/emoji.json'
import zhErrors from './locales/zh-CN/errors.json'
import zhMain from './locales/zh-CN/main.json'
import zhRoster from './locales/zh-CN/roster.json'
import zhInbox from './locales/zh-CN/inbox.json'
import zhAvailability from './locales/zh-CN/availability.json'
import zhPeople from './locales/zh-CN/people.json'
import zhServices from './locales/zh-CN/services.json'
import zhConsole from './locales/zh-CN/console.json'
import zhArchive from './locales/zh-CN/archive.json'
import zhDevices from './locales/zh-CN/devices.json'
import zhReceipts from './locales/zh-CN/receipts.json'
import zhActions from './locales/zh-CN/actions.json'
import zhReplies from './locales/zh-CN/replies.json'
import zhSearch from './locales/zh-CN/search.json'
import zhLinks from './locales/zh-CN/links.json'
import zhSchedule from './locales/zh-CN/schedule.json'
import zhRooms from './locales/zh-CN/rooms.json'
import zhPreferences from './locales/zh-CN/preferences.json'
import zhRoomlog from './locales/zh-CN/rooms-log.json'
import zhRequests from './locales/zh-CN/requests.json'
import zhAccounts from './locales/zh-CN/accounts.json'
import zhHistory from './locales/zh-CN/history.json'
import zhAbout from './locales/zh-CN/about.json'
import zhInvites from './locales/zh-CN/invites.json'
import zhOnboarding from './locales/zh-CN/onboarding.json'
import zhShortcuts from './locales/zh-CN/shortcuts.json'
import zhConnection from './locales/zh-CN/connection.json'
import zhRegistration from './locales/zh-CN/registration.json'
import zhPictures from './locales/zh-CN/pictures.json'
import zhProfile from './locales/zh-CN/profile.json'
import zhSetup from './locales/zh-CN/setup.json'

const english = {
  common: enCommon,
  setup: enSetup,
  main: enMain,
  chats: enChats,
  roster: enRoster,
  desktop: enDesktop,
  emoji: enEmoji,
  errors: enErrors,
  inbox: enInbox,
  availability: enAvailability,
  people: enPeople,
  services: enServices,
  console: enConsole,
  archive: enArchive,
  devices: enDevices,
  receipts: enReceipts,
  actions: enActions,
  replies: enReplies,
  search: enSearch,
  links: enLinks,
  schedule: enSchedule,
  rooms: enRooms,
  preferences: enPreferences,
  roomlog: enRoomlog,
  accounts: enAccounts,
  history: enHistory,
  shortcuts: enShortcuts,
  onboarding: enOnboarding,
  invites: enInvites,
  requests: enRequests,
  connection: enConnection,
  registration: enRegistration,
  about: enAbout,
  pictures: enPictures,
  profile: enProfile,
}

/** What every language must have: the areas and keys of the English files. */
export type Words = {
  readonly [A in keyof typeof english]: Readonly<Record<keyof (typeof english)[A], string>>
}

const chinese: Words = {
  common: zhCommon,
  setup: zhSetup,
  main: zhMain,
  chats: zhChats,
  roster: zhRoster,
  desktop: zhDesktop,
  emoji: zhEmoji,
  errors: zhErrors,
  inbox: zhInbox,
  availability: zhAvailability,
  people: zhPeople,
  services: zhServices,
  console: zhConsole,
  archive: zhArchive,
  devices: zhDevices,
  receipts: zhReceipts,
  actions: zhActions,
  replies: zhReplies,
  search: zhSearch,
  links: zhLinks,
  schedule: zhSchedule,
  rooms: zhRooms,
  preferences: zhPreferences,
  roomlog: zhRoomlog,
  accounts: zhAccounts,
  history: zhHistory,
  shortcuts: zhShortcuts,
  onboarding: zhOnboarding,
  invites: zhInvites,
  requests: zhRequests,
  connection: zhConnection,
  registration: zhRegistration,
  about: zhAbout,
  pictures: zhPictures,
  profile: zhProfile,
}

const languages = { en: english as Words, 'zh-CN': chinese } as const

export type Locale = keyof typeof languages
export const LOCALES: readonly Locale[] = ['en', 'zh-CN']

/** `area.name`, as in `chats.newMessages`. */
export type TextKey = { [A in keyof Words]: `${A}.${keyof Words[A] & string}` }[keyof Words]

/** Values are inserted as text: the caller shows the result as text, never as HTML. Names are made safe (names.ts). */
export type TextValues = Readonly<Record<string, string | number | Date>>

/** Values that hold what people, addresses and groups are called: a place that inserts one cannot forget what may hide in it. */
const NAMES = ['name', 'nick', 'address', 'group', 'subject', 'device'] as const

export interface Translate {
  (key: TextKey, values?: TextValues): string
  readonly locale: Locale
}

/** Reads a string as it stands in the file, unformatted. */
export function rawText(locale: Locale, key: TextKey): string {
  const dot = key.indexOf('.')
  const area: Readonly<Record<string, string>> = languages[locale][key.slice(0, dot) as keyof Words]
  return area[key.slice(dot + 1)] ?? key
}

/** Every key there is, for tests and tools. */
export function textKeys(locale: Locale): readonly TextKey[] {
  return Object.entries(languages[locale]).flatMap(([area, words]) =>
    Object.keys(words).map((name) => `${area}.${name}` as TextKey),
  )
}

/** A string is parsed at its first use only. Missing values throw: that is a fault of the caller, found by its test. */
export function createTranslator(locale: Locale): Translate {
  const formats = new Map<TextKey, IntlMessageFormat>()
  function translate(key: TextKey, values?: TextValues): string {
    let format = formats.get(key)
    if (format === undefined) {
      // No tags: a "<" in a string is a "<", and nothing of ours builds markup from words.
      format = new IntlMessageFormat(rawText(locale, key), locale, undefined, { ignoreTag: true })
      formats.set(key, format)
    }
    return String(format.format(withSafeNames(values)))
  }
  return Object.assign(translate, { locale })
}

function withSafeNames(values: TextValues | undefined): TextValues | undefined {
  if (values === undefined) return undefined
  const safe: Record<string, TextValues[string]> = { ...values }
  for (const key of NAMES) {
    const value = values[key]
    if (typeof value === 'string') safe[key] = plainName(value)
  }
  return safe
}

/** The language Linnet speaks that fits the system's best; English when none does. */
export function matchLocale(languageTag: string): Locale {
  return /^zh\b/i.test(languageTag) ? 'zh-CN' : 'en'
}
