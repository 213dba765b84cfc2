/** XEP-0486: MUC Avatars, version 0.1.0. https://xmpp.org/extensions/xep-0486.html */
import type { DataForm } from '../model/form.ts'
import type { BareJid } from '../model/jid.ts'
import type { Iq } from './iq.ts'
import { setPhoto } from './kept-vcard.ts'
import { avatarHashOf, fetchPictures, isAvatarHash, type Picture } from './xep-0153-vcard-avatar.ts'

const MAX_HASHES = 8
/** Ours, and that of Prosody before there was one. */
const FIELDS = ['muc#roominfo_avatarhash', '{http://modules.prosody.im/mod_vcard_muc}avatar#sha1']

/** Hashes of one picture in several formats (§5.1), in lower case; none: the room has no picture. */
export function avatarHashesIn(form: DataForm): readonly string[] {
  const fields = form.fields.filter(({ name }) => FIELDS.includes(name))
  const hashes = fields
    .flatMap(({ values }) => values)
    .map((value) => value.trim())
    .filter(isAvatarHash)
  return [...new Set(hashes.map((hash) => hash.toLowerCase()))].slice(0, MAX_HASHES)
}

/**
 * The picture that a room announces by one of these hashes (§3.4). Undefined where its vCard has none of them: another one
 * is not what was announced. Rejects as Iq.request does.
 */
export async function fetchRoomPicture(
  iq: Iq,
  room: BareJid,
  hashes: readonly string[],
): Promise<Picture | undefined> {
  const pictures = await fetchPictures(iq, room)
  return pictures.find((picture) => hashes.includes(avatarHashOf(picture)))
}

/**
 * Gives a room its picture, or takes it away (§3.2); all else that its vCard tells stays. Rejects as Iq.request does:
 * 'forbidden' for who is no owner, 'service-unavailable' where there are none.
 */
export function setRoomPicture(iq: Iq, room: BareJid, picture: Picture | undefined): Promise<void> {
  return setPhoto({ iq, of: room }, picture)
}
