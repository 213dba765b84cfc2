/** Our own picture: published (XEP-0084), and in the vCard (XEP-0153) where the server does not do that itself. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { Audience } from '../../model/profile.ts'
import { setOwnPhoto } from '../../protocol/own-vcard.ts'
import { pictureSizeOf, type PictureSize } from '../../protocol/picture-size.ts'
import { configureNode } from '../../protocol/xep-0060-pubsub.ts'
import { disableAvatar, NS_DATA, NS_METADATA, publishAvatar } from '../../protocol/xep-0084-avatar.ts'
import { avatarHashOf } from '../../protocol/xep-0153-vcard-avatar.ts'
import type { Link } from '../link.ts'
import { sendOwnPresence } from '../presence.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import { configFor, unlessMissing, waysOf } from './ways.ts'

interface OwnPicture extends PictureSize {
  readonly bytes: Uint8Array
}

/** Throws UserError 'invalid-input' for what is no PNG. Rejects as Iq.request does. */
export async function setPicture(
  tools: Tools,
  link: Link,
  { base64, audience }: CheckedInput<'profile.setPicture'>,
): Promise<void> {
  const picture = base64 === null ? undefined : ownPicture(base64)
  const ways = await waysOf(link)
  const hash = picture === undefined ? '' : avatarHashOf(picture)
  if (ways.publishes) await publish(link, picture, ways.needsVCard ? 'everybody' : audience)
  if (ways.needsVCard) {
    const stored = setOwnPhoto(link.iq, picture)
    // Of a server without vCards the published one is all there can be.
    await (ways.publishes ? stored.catch(() => undefined) : stored)
  }
  if (picture !== undefined) tools.storage.putPicture(hash, picture, tools.now())
  tools.personPictures.set(link.accountId, link.stream.ownBareJid, {
    ...(ways.publishes ? { published: hash } : {}),
    inVCard: hash,
  })
  // Rooms hear of it by presence alone (XEP-0398 §5.1), and contacts where we put it into the vCard ourselves (XEP-0153 §3.2).
  sendOwnPresence(tools, link)
}

function publish({ iq }: Link, picture: OwnPicture | undefined, audience: Audience): Promise<void> {
  const config = configFor(audience)
  if (picture === undefined) return disableAvatar(iq, config)
  const { bytes, ...size } = picture
  return publishAvatar(iq, bytes, size, config)
}

/** XEP-0084 §4.1 wants PNG. */
function ownPicture(base64: string): OwnPicture {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'))
  const size = pictureSizeOf(bytes)
  if (size?.type !== 'image/png') throw userError('invalid-input')
  return { bytes, ...size }
}

/**
 * Who may see the picture from now on. Throws UserError 'not-supported' where the server shows it to everybody. Rejects as
 * Iq.request does.
 */
export async function setAudience(link: Link, audience: Audience): Promise<void> {
  if ((await waysOf(link)).needsVCard) throw userError('not-supported')
  const { access_model = '' } = configFor(audience)
  for (const node of [NS_DATA, NS_METADATA]) {
    await unlessMissing(configureNode(link.iq, { node }, { access_model }))
  }
}
