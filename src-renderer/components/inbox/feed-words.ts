/** What a notice says, in words: a headline its own, an error those of its condition. */
import type { FeedSummary } from '../../../src-main/model/inbox.ts'
import type { Translate } from '../../../src-main/text/text.ts'
import { conditionKey } from '../message/condition-words.ts'

export interface FeedWords {
  readonly title: string
  /** May be empty; foreign text. */
  readonly text: string
}

/** `text` is what the row shows below its title. */
export function feedWords(
  t: Translate,
  item: Omit<FeedSummary, 'preview'> & { preview?: string },
  name: string,
): FeedWords {
  switch (item.kind) {
    case 'headline':
      return item.subject === ''
        ? { title: t('inbox.headlineTitle', { name }), text: item.preview ?? '' }
        : { title: item.subject, text: item.preview ?? '' }
    case 'error':
      return { title: t(conditionKey(item.error?.condition ?? '')), text: item.error?.text ?? '' }
    case 'turned-away':
      return {
        title: t('inbox.turnedAwayTitle', { name }),
        text: t('inbox.turnedAwayText', { name, count: item.occurrences }),
      }
  }
}
