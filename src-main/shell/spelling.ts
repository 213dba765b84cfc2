/**
 * Spell checking. Where the system has no speller of its own, dictionaries come from a server of Google: they have an
 * address only once the user has agreed.
 */
import { app, type Session } from 'electron'
import type { SpellingLanguages } from '../contract/commands/preferences.ts'
import type { Spelling as Wish } from '../model/preferences.ts'

export interface Spelling {
  apply(wish: Wish): void
  languages(): SpellingLanguages
  /** The user's own word. */
  learn(word: string): void
}

/** Chromium's own. */
const DICTIONARIES = 'https://redirector.gvt1.com/edgedl/chrome/dict/'
/** No such address. */
const NOWHERE = 'https://dictionaries.invalid/'

export function createSpelling(session: Session, platform: NodeJS.Platform): Spelling {
  const fetched = platform !== 'darwin'
  const { availableSpellCheckerLanguages: available } = session
  const usual = usualLanguages(available, app.getPreferredSystemLanguages())
  return {
    apply: ({ wish, languages }) => {
      const enabled = wish === 'on' || (wish === 'unasked' && !fetched)
      const known = languages.filter((language) => available.includes(language))
      if (fetched) {
        session.setSpellCheckerDictionaryDownloadURL(enabled ? DICTIONARIES : NOWHERE)
        // macOS finds the language by itself, and refuses to be told.
        session.setSpellCheckerLanguages(enabled ? (known.length > 0 ? known : [...usual]) : [])
      }
      session.setSpellCheckerEnabled(enabled)
    },
    languages: () => ({ available: fetched ? available : [], fetched, usual }),
    learn: (word) => void session.addWordToSpellCheckerDictionary(word),
  }
}

/** The user's languages that there are dictionaries for, the exact region first, then any of the language. */
export function usualLanguages(
  available: readonly string[],
  preferred: readonly string[],
): readonly string[] {
  const found = preferred.flatMap((wanted) => {
    const language = wanted.split('-')[0]
    return (
      available.find((one) => one === wanted) ??
      available.find((one) => one === language) ??
      available.find((one) => one.split('-')[0] === language) ??
      []
    )
  })
  return [...new Set(found)]
}
