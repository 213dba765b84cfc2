/**
 * Which picture a room or an occupant announces, for lists that know no more of them than the address. What we know already is
 * not asked for. A room is asked only where the user looks at the list of its service: others must not learn that we look.
 */
import type { CheckedInput } from '../../contract/commands.ts'
import { fetchRoomInfo } from '../../protocol/xep-0045-muc/index.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'

/** SHA-1, hex; undefined where there is none, or none is known. Never rejects. */
export async function announcedPicture(
  { rooms, storage }: Tools,
  sessions: Sessions,
  { accountId, room, nick, ask }: CheckedInput<'picture.announced'>,
): Promise<string | undefined> {
  const visit = rooms.find(accountId, room)
  if (nick !== undefined) return visit?.seats.get(nick)?.occupant.avatarHash
  const traits = visit?.traits ?? storage.findRoomAt(accountId, room)?.traits
  const link = sessions.get(accountId).online()
  if (traits !== undefined || !ask || link === undefined) return traits?.avatarHash
  const info = await fetchRoomInfo(link.iq, room).catch(() => undefined)
  return info?.avatarHash
}
