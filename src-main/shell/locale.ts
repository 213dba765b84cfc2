/** The language to speak now: the user's choice, or the system's best fit. */
import type { Settings } from '../model/settings.ts'
import { matchLocale, type Locale } from '../text/text.ts'

/** `systemLanguages`: BCP 47 tags, the preferred first (Electron's app.getPreferredSystemLanguages). */
export function chooseLocale(language: Settings['language'], systemLanguages: readonly string[]): Locale {
  return language === 'system' ? matchLocale(systemLanguages[0] ?? 'en') : language
}

/** What the user reads, the preferred first: a message may come in more languages than Linnet speaks. */
export function preferredLanguages(
  language: Settings['language'],
  systemLanguages: readonly string[],
): readonly string[] {
  return language === 'system' ? systemLanguages : [language, ...systemLanguages]
}
