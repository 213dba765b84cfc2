/** What the user can choose from about history, in words. */
import type { ArchivePreferences, HistoryLimit } from '../../../src-main/model/archive.ts'
import type { Translate } from '../../../src-main/text/text.ts'
import type { Choice } from './choices.ts'

export function historyChoices(t: Translate): readonly Choice<HistoryLimit>[] {
  return [
    { value: 'none', label: t('archive.limitNone') },
    { value: 'week', label: t('archive.limitWeek') },
    { value: 'month', label: t('archive.limitMonth') },
    { value: 'year', label: t('archive.limitYear') },
    { value: 'all', label: t('archive.limitAll') },
  ]
}

export function keepChoices(t: Translate): readonly Choice<ArchivePreferences['keep']>[] {
  return [
    { value: 'always', label: t('archive.keepAlways') },
    { value: 'roster', label: t('archive.keepRoster') },
    { value: 'never', label: t('archive.keepNever') },
  ]
}
