/** Reads and writes the cases of XEP-0084: items of the metadata node, and the data. */
import { pictureSizeOf } from '../../../src-main/protocol/picture-size.ts'
import { parseAvatarData, parseAvatarMetadata, buildAvatarMetadata } from '../../../src-main/protocol/xep-0084-avatar.ts' // prettier-ignore
import { avatarHashOf } from '../../../src-main/protocol/xep-0153-vcard-avatar.ts'
import type { Codec } from './codec.ts'

export const avatar: Codec = {
  parse(element) {
    if (element.is('item')) {
      const [payload] = element.getChildElements()
      return parseAvatarMetadata({ id: String(element.attrs['id']), ...(payload && { payload }) })
    }
    const picture = parseAvatarData(element)
    return picture && { type: picture.type, length: picture.bytes.length, hash: avatarHashOf(picture) }
  },
  build({ base64 }: { base64?: string }) {
    const bytes = base64 === undefined ? undefined : new Uint8Array(Buffer.from(base64, 'base64'))
    return buildAvatarMetadata(bytes, bytes && pictureSizeOf(bytes))
  },
}
