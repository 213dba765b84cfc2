/** XEP-0045 §7.6, §7.14, §8.2, §9.1, §10.9, §11: an occupant, or we ourselves, are gone, and why. */
import type { Departure, Occupancy } from './muc.types.ts'
import type { RoomStatus } from './statuses.ts'

/** The first that is said counts: servers call a lost connection a kick as well (§11.1). */
const REMOVALS = [
  ['banned', 'banned'],
  ['technical', 'technical'],
  ['shutdown', 'shutdown'],
  ['affiliation-removed', 'affiliation-removed'],
  ['now-members-only', 'members-only'],
  ['kicked', 'kicked'],
] as const satisfies readonly (readonly [RoomStatus, Departure['kind']])[]

/** Of an unavailable presence. A change of nick without the new one is somebody who left. */
export function departureOf(occupancy: Occupancy): Departure {
  const { statuses, nick, actor, reason, destroyed } = occupancy
  if (statuses.includes('nick-changed') && nick !== undefined) return { kind: 'renamed', nick }
  if (destroyed !== undefined) return { kind: 'destroyed', ...destroyed }
  const [, kind] = REMOVALS.find(([status]) => statuses.includes(status)) ?? ['', 'left' as const]
  return { kind, reason, ...(actor === undefined ? {} : { actor }) }
}
