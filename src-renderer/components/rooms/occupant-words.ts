/** An occupant in words: for rows that screen readers read, and headings. */
import type { Affiliation, Occupant } from '../../../src-main/model/room.ts'
import type { TextKey, Translate } from '../../../src-main/text/text.ts'
import { groupOf, type OccupantGroup } from '../../stores/occupant-rows.ts'
import { PRESENCE_WORDS } from '../presence/presence-words.ts'

/** Of one. */
export const GROUP_WORDS: Readonly<Record<OccupantGroup, TextKey>> = {
  owner: 'rooms.owner',
  admin: 'rooms.admin',
  moderator: 'rooms.moderator',
  participant: 'rooms.participant',
  visitor: 'rooms.visitor',
}

/** Of several, over them. */
export const GROUP_HEADINGS: Readonly<Record<OccupantGroup, TextKey>> = {
  owner: 'rooms.owners',
  admin: 'rooms.admins',
  moderator: 'rooms.moderators',
  participant: 'rooms.participants',
  visitor: 'rooms.visitors',
}

export const AFFILIATION_WORDS: Readonly<Record<Affiliation, TextKey>> = {
  owner: 'rooms.owner',
  admin: 'rooms.admin',
  member: 'rooms.member',
  none: 'rooms.noAffiliation',
  outcast: 'rooms.outcast',
}

/** What a row shows by its place and by signs. */
export function occupantStanding(t: Translate, occupant: Occupant): string {
  return [
    t(GROUP_WORDS[groupOf(occupant)]),
    t(PRESENCE_WORDS[occupant.show]),
    ...(occupant.ignored ? [t('rooms.ignored')] : []),
  ].join(', ')
}
