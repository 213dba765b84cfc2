/** What the user can choose from, in words. Each language is named in itself, so that everyone finds theirs. */
import type { Settings } from '../../../src-main/model/settings.ts'
import type { Translate } from '../../../src-main/text/text.ts'

export interface Choice<T> {
  readonly value: T
  readonly label: string
}

export function languageChoices(t: Translate): readonly Choice<Settings['language']>[] {
  return [
    { value: 'system', label: t('main.languageSystem') },
    { value: 'en', label: 'English' },
    { value: 'zh-CN', label: '简体中文' },
  ]
}

export function themeChoices(t: Translate): readonly Choice<Settings['theme']>[] {
  return [
    { value: 'system', label: t('main.themeSystem') },
    { value: 'light', label: t('main.themeLight') },
    { value: 'dark', label: t('main.themeDark') },
  ]
}
