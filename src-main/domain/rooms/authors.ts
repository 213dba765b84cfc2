/** Who somebody is in a room. A nick is a name on a door: it may change hands, so by itself it proves little. */
import type { Author } from '../../model/room.ts'

/**
 * What an author stays known by: the occupant-id (XEP-0421) where the room gives one, else the nick. The two never meet: a
 * nick has no leading sign of ours before it.
 */
export function keyOfAuthor({ occupantId, nick }: Author): string {
  return occupantId === undefined ? `nick ${nick}` : `id ${occupantId}`
}

/** Proven to be the same: by occupant-ids, and never by the nick alone. */
export function isSameOccupant(one: Author, other: Author): boolean {
  return one.occupantId !== undefined && one.occupantId === other.occupantId
}

/** Without occupant-ids on either side: somebody under the same nick, which says nothing of when. */
export function hasSameNick(one: Author, other: Author): boolean {
  return one.occupantId === undefined && other.occupantId === undefined && one.nick === other.nick
}
