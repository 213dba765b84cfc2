/** XEP-0045 §16.6: the numbers by which a room tells what happened. */
import { attribute, ownChildren } from '../stanza.ts'
import type { Element } from '../xml.ts'
import { roomElement, roomSpeaking } from './foreign.ts'

const ROOM_STATUSES = {
  /** Everybody sees real addresses. */
  100: 'non-anonymous',
  /** Our affiliation changed while we were not there. */
  101: 'affiliation-changed',
  102: 'shows-unavailable',
  103: 'hides-unavailable',
  /** Something else of the configuration: it is to be asked for anew. */
  104: 'config-changed',
  /** The presence is our own. */
  110: 'self',
  170: 'logging-on',
  171: 'logging-off',
  172: 'now-non-anonymous',
  173: 'now-semi-anonymous',
  174: 'now-fully-anonymous',
  /** By our coming; it waits for its configuration. */
  201: 'created',
  /** The room chose or changed our nick. */
  210: 'nick-assigned',
  301: 'banned',
  303: 'nick-changed',
  307: 'kicked',
  321: 'affiliation-removed',
  322: 'now-members-only',
  332: 'shutdown',
  /** An error on the way, such as a lost connection between servers. */
  333: 'technical',
} as const
export type RoomStatus = (typeof ROOM_STATUSES)[keyof typeof ROOM_STATUSES]

/** No stanza has more that mean something. */
const MOST_READ = 64

/** In the order of their numbers, none twice; numbers that nobody defined are passed over. */
export function statusesIn(room: Element): RoomStatus[] {
  const codes = ownChildren(room, 'status').slice(0, MOST_READ)
  // Most presences of a large room have none.
  if (codes.length === 0) return []
  const said = new Set(codes.map((status) => attribute(status, 'code')))
  return Object.entries(ROOM_STATUSES).flatMap(([code, name]) => (said.has(code) ? [name] : []))
}

/** Of a message (§10.2.1): undefined without any, and from an occupant, who has none to give. */
export function parseRoomStatuses(message: Element): readonly RoomStatus[] | undefined {
  const room = roomElement(message)
  const statuses = room === undefined ? [] : statusesIn(room)
  return statuses.length === 0 || roomSpeaking(message) === undefined ? undefined : statuses
}
