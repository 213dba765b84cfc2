/** A message that was written in several languages: what it says in each, and the way to choose another. */
import Languages from '@lucide/svelte/icons/languages'
import type { Languages as Versions, TextVersion } from '../../../src-main/model/message.ts'
import type { Translate } from '../../../src-main/text/text.ts'
import type { MenuEntry } from '../base/menu.types.ts'

interface Text {
  readonly subject?: string
  readonly body: string
  readonly languages?: Versions
}

/** All of them, the one that is shown by itself first; one alone where there is no choice. */
export function versionsOf({ subject, body, languages }: Text): readonly TextVersion[] {
  const shown = { lang: languages?.shown ?? '', body, ...(subject === undefined ? {} : { subject }) }
  return [shown, ...(languages?.others ?? [])]
}

/** The same message as it reads in its nth language. */
export function inLanguage<T extends Text>(text: T, index: number | undefined): T {
  const version = index === undefined ? undefined : versionsOf(text)[index]
  return version === undefined
    ? text
    : { ...text, subject: version.subject ?? text.subject, body: version.body }
}

/** One entry a language but the one that is shown now; none where there is no choice. */
export function languageEntries(
  t: Translate,
  text: Text,
  index: number | undefined,
  choose: (index: number) => void,
): readonly MenuEntry[] {
  const versions = versionsOf(text)
  if (versions.length < 2) return []
  const entries = versions.map(({ lang }, nth) => ({
    label: t('inbox.showIn', { language: languageName(lang, t) }),
    icon: Languages,
    onselect: () => choose(nth),
  }))
  return entries.filter((_entry, nth) => nth !== (index ?? 0))
}

function languageName(lang: string, t: Translate): string {
  if (lang === '') return t('inbox.languageUnnamed')
  // Private use: nobody else has a name for it.
  if (/^x-/i.test(lang)) return lang
  try {
    return new Intl.DisplayNames([t.locale], { type: 'language' }).of(lang) ?? lang
  } catch {
    // A tag that no language has is its own name; it is letters, digits and hyphens.
    return lang
  }
}
