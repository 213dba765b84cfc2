/** The picture of a room (XEP-0486), set by who owns it. How others get it: domain/pictures. */
import type { CheckedInput } from '../../contract/commands.ts'
import { avatarHashOf, pictureTypeOf } from '../../protocol/xep-0153-vcard-avatar.ts'
import { pictureSizeOf } from '../../protocol/picture-size.ts'
import { setRoomPicture } from '../../protocol/xep-0486-room-avatars.ts'
import { learnTraits } from '../rooms/entering.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import type { OurRoom } from './our-room.ts'

/** Null takes it away. Throws UserError 'invalid-input' for what is no picture. Rejects as Iq.request does. */
export async function setPicture(
  tools: Tools,
  { link, stored }: OurRoom,
  { base64 }: CheckedInput<'room.setPicture'>,
): Promise<void> {
  const bytes = new Uint8Array(Buffer.from(base64 ?? '', 'base64'))
  const type = pictureTypeOf(bytes)
  if (base64 === null) await setRoomPicture(link.iq, stored.jid, undefined)
  else if (type === undefined || pictureSizeOf(bytes) === undefined) throw userError('invalid-input')
  else {
    const picture = { type, bytes }
    await setRoomPicture(link.iq, stored.jid, picture)
    tools.storage.putPicture(avatarHashOf(picture), picture, tools.now())
  }
  // Not every room tells of it (§3.2).
  const visit = tools.rooms.ofConversation(stored.conversationId)
  if (visit?.phase === 'in') await learnTraits(tools, link, visit)
}
