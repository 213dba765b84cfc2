/** How components get their words: one translator in the context, so that two languages can stand side by side (gallery, tests). */
import { getContext, setContext } from 'svelte'
import type { Locale, TextKey, TextValues, Translate } from '../../../src-main/text/text.ts'

const KEY = Symbol('translate')

/** Call once at the top of a tree. `current` is read at every use, so a change of language redraws what shows words. */
export function provideTranslate(current: () => Translate): void {
  setContext(KEY, current)
}

/** For components: stays right when the language changes. */
export function useTranslate(): Translate {
  const current = getContext<(() => Translate) | undefined>(KEY)
  if (current === undefined) throw new Error('provideTranslate was not called above this component')
  const translate = (key: TextKey, values?: TextValues): string => current()(key, values)
  return Object.defineProperty(translate, 'locale', { get: (): Locale => current().locale }) as Translate
}
