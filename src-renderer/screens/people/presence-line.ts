/** What stands below a contact's name: how they are there, or since when they are not, where their server tells. Pure. */
import type { LastActivity } from '../../../src-main/model/entity.ts'
import type { Show } from '../../../src-main/model/presence.ts'
import { agoText } from '../../../src-main/text/ago.ts'
import type { Translate } from '../../../src-main/text/text.ts'
import { PRESENCE_WORDS } from '../../components/presence/presence-words.ts'
import type { Told } from '../../stores/contact-page.svelte.ts'

export function presenceLine(
  t: Translate,
  show: Show | 'offline',
  lastSeen: Told<LastActivity>,
  now: number,
): string {
  if (show !== 'offline' || lastSeen === undefined || lastSeen === 'asking') return t(PRESENCE_WORDS[show])
  const seconds = lastSeen.secondsAgo + Math.max(0, now - lastSeen.toldAt) / 1000
  return t('people.lastSeen', { ago: agoText(seconds, t.locale) })
}
