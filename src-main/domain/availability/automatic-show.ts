/** What stands in place of the chosen presence while nobody is at the computer. Pure. */
import type { AutomaticShow, Idle } from '../../model/availability.ts'
import type { OwnPresence } from '../../model/presence.ts'

/** Do not disturb, away of any kind and offline were chosen and stay; only who said "I am here" can be found away. */
export function automaticShow(chosen: Pick<OwnPresence, 'show'>, idle: Idle): AutomaticShow | null {
  const isHere = chosen.show === 'online' || chosen.show === 'chat'
  return isHere && idle.level !== 'active' ? idle.level : null
}
