/** Presence in words. */
import type { Show } from '../../../src-main/model/presence.ts'
import type { TextKey } from '../../../src-main/text/text.ts'

export const PRESENCE_WORDS: Readonly<Record<Show | 'offline', TextKey>> = {
  chat: 'common.presenceChat',
  online: 'common.presenceOnline',
  away: 'common.presenceAway',
  xa: 'common.presenceXa',
  dnd: 'common.presenceDnd',
  offline: 'common.presenceOffline',
}
