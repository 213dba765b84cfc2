/**
 * A picture by its hash: from this computer, else from the vCard of who announces it: a room (XEP-0486), or an occupant,
 * through the room (XEP-0153). Believed by its hash, whoever answers, and kept by it.
 */
import type { CheckedInput } from '../../contract/commands.ts'
import type { BareJid } from '../../model/jid.ts'
import type { ShownPicture } from '../../model/picture.ts'
import { pictureSizeOf } from '../../protocol/picture-size.ts'
import { fetchRoomInfo, occupantJid } from '../../protocol/xep-0045-muc/index.ts'
import { avatarHashOf, fetchPictures, type Picture } from '../../protocol/xep-0153-vcard-avatar.ts'
import { fetchRoomPicture } from '../../protocol/xep-0486-room-avatars.ts'
import type { Link } from '../link.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'

/** Undefined where it can't be had now, or can't be shown. Rejects with StorageError only. */
export async function fetchPicture(
  tools: Tools,
  sessions: Sessions,
  input: CheckedInput<'picture.fetch'>,
): Promise<ShownPicture | undefined> {
  const kept = tools.storage.findPicture(input.hash, tools.now())
  if (kept !== undefined) return toShown(kept)
  const link = sessions.get(input.accountId).online()
  if (link === undefined) return undefined
  const { room, nick, hash } = input
  if (nick === undefined) {
    return tools.pictures.fetch(link, `${room} ${hash}`, () => ofRoom(tools, link, room, hash))
  }
  const occupant = occupantJid(room, nick)
  if (occupant === undefined || !announces(tools, input)) return undefined
  return tools.pictures.fetch(link, `${occupant} ${hash}`, async () =>
    keep(
      tools,
      (await fetchPictures(link.iq, occupant)).find((picture) => avatarHashOf(picture) === hash),
    ),
  )
}

/** Only of who is there, and says that it is theirs. */
function announces(
  { rooms }: Tools,
  { accountId, room, nick, hash }: CheckedInput<'picture.fetch'>,
): boolean {
  const seat = nick === undefined ? undefined : rooms.find(accountId, room)?.seats.get(nick)
  return seat?.occupant.avatarHash === hash
}

/** §5.1 of XEP-0486: it may announce one picture in several formats, and have another of them. */
async function ofRoom(
  tools: Tools,
  { iq }: Link,
  room: BareJid,
  hash: string,
): Promise<ShownPicture | undefined> {
  const announced = (await fetchRoomInfo(iq, room))?.avatarHashes ?? []
  return keep(tools, await fetchRoomPicture(iq, room, announced.includes(hash) ? announced : [hash]))
}

/** Under its own hash, whichever was asked for: one can't be passed off as another's. */
export function keep({ storage, now }: Tools, picture: Picture | undefined): ShownPicture | undefined {
  if (picture === undefined || pictureSizeOf(picture.bytes) === undefined) return undefined
  storage.putPicture(avatarHashOf(picture), picture, now())
  return toShown(picture)
}

export function toShown({ type, bytes }: Picture): ShownPicture {
  return { type, base64: Buffer.from(bytes).toString('base64') }
}
