/** XEP-0084: User Avatar, version 1.1.4. https://xmpp.org/extensions/xep-0084.html */
import type { BareJid } from '../model/jid.ts'
import type { Iq } from './iq.ts'
import type { PictureSize } from './picture-size.ts'
import { attribute } from './stanza.ts'
import { fetchItem, purgeNode, type NodeConfig, type PubsubItem } from './xep-0060-pubsub.ts'
import { notify, publishPersonal } from './xep-0163-pep.ts'
import { avatarHashOf, decodePicture, isAvatarHash, type Picture } from './xep-0153-vcard-avatar.ts'
import { xml, type Element } from './xml.ts'

export const NS_DATA = 'urn:xmpp:avatar:data'
export const NS_METADATA = 'urn:xmpp:avatar:metadata'
export const features = [notify(NS_METADATA)]

const MAX_INFOS = 16
/** What is announced as larger is not even asked for. */
const MAX_BYTES = 1_000_000
const TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']

/**
 * SHA-1 of the picture that its owner shows now, in lower case hexadecimals; empty: none, or none that can be shown.
 * Undefined where the item says nothing of it. Pictures that lie on the web are passed over: to ask for one there would
 * tell a third party who looks (§4.2.1).
 */
export function parseAvatarMetadata({ id, payload }: PubsubItem): string | undefined {
  if (payload === undefined || !payload.is('metadata', NS_METADATA)) return undefined
  const infos = payload.getChildren('info', NS_METADATA).slice(0, MAX_INFOS)
  const hashes = infos.flatMap((info) => hashOf(info) ?? [])
  return hashes.find((hash) => hash === id.toLowerCase()) ?? hashes[0] ?? ''
}

function hashOf(info: Element): string | undefined {
  const [hash, type] = [attribute(info, 'id'), attribute(info, 'type') ?? '']
  const isHere = attribute(info, 'url') === undefined && TYPES.includes(type.toLowerCase())
  const size = Number(attribute(info, 'bytes') ?? 0)
  return isHere && isAvatarHash(hash) && size <= MAX_BYTES ? hash.toLowerCase() : undefined
}

/** The picture with this hash out of somebody's data node (§3.4). Undefined for another one. Rejects as Iq.request does. */
export async function fetchAvatar(iq: Iq, of: BareJid, hash: string): Promise<Picture | undefined> {
  const item = await fetchItem(iq, { to: of, node: NS_DATA }, hash)
  const picture = item?.payload && parseAvatarData(item.payload)
  return picture !== undefined && avatarHashOf(picture) === hash ? picture : undefined
}

/** By what its bytes are: others than PNG are met with, though the node is for PNG alone (§4.1). */
export function parseAvatarData(data: Element): Picture | undefined {
  return data.is('data', NS_DATA) ? decodePicture(data.getText()) : undefined
}

/** Shows the own picture: the data before what announces them (§3.1). Rejects as Iq.request does. */
export async function publishAvatar(
  iq: Iq,
  bytes: Uint8Array,
  size: PictureSize,
  config: NodeConfig,
): Promise<void> {
  const id = avatarHashOf({ bytes })
  const data = xml('data', { xmlns: NS_DATA }, Buffer.from(bytes).toString('base64'))
  await publishPersonal(iq, NS_DATA, { id, payload: data }, config)
  await publishPersonal(iq, NS_METADATA, { id, payload: buildAvatarMetadata(bytes, size) }, config)
}

/** Takes it away: announced first (§3.5), and then the data, which old contacts could still ask for. Rejects as Iq.request does. */
export async function disableAvatar(iq: Iq, config: NodeConfig): Promise<void> {
  await publishPersonal(iq, NS_METADATA, { id: 'current', payload: buildAvatarMetadata() }, config)
  // Where the service knows no purging, or there is nothing: nobody learns of it any more.
  await purgeNode(iq, { node: NS_DATA }).catch(() => undefined)
}

export function buildAvatarMetadata(bytes?: Uint8Array, size?: PictureSize): Element {
  const infos =
    bytes === undefined || size === undefined
      ? []
      : [xml('info', { id: avatarHashOf({ bytes }), bytes: bytes.length, ...size })]
  return xml('metadata', { xmlns: NS_METADATA }, ...infos)
}
