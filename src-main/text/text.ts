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
