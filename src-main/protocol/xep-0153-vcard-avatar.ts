/** XEP-0153: vCard-Based Avatars, version 1.1.1. https://xmpp.org/extensions/xep-0153.html */
import { createHash } from 'node:crypto'
import type { PictureKind } from '../model/picture.ts'
import type { Jid } from '../model/jid.ts'
import type { Iq } from './iq.ts'
import { ownChildren } from './stanza.ts'
import { NS as NS_VCARD, requestVCard } from './xep-0054-vcard-temp.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'vcard-temp:x:update'

/** §4.6 asks for 8 KiB of senders and for leniency of readers. */
const MAX_BASE64 = 1_400_000
const MAX_PHOTOS = 4

/** By what a file of that kind begins with: what the sender calls it does not count (§5). No SVG, which can do things. */
const SIGNATURES = [
  ['image/png', '89504e470d0a1a0a', 0],
  ['image/jpeg', 'ffd8ff', 0],
  ['image/gif', '47494638', 0],
  ['image/webp', '57454250', 8],
] as const
export type PictureType = PictureKind

export interface Picture {
  readonly type: PictureType
  readonly bytes: Uint8Array
}

/**
 * SHA-1 of the sender's picture in lower case hexadecimals; empty: there is none. Undefined where the sender does not say
 * (§4.1), or says nonsense.
 */
export function parseAvatarHash(presence: Element): string | undefined {
  const update = presence.getChild('x', NS)
  const photo = update && ownChildren(update, 'photo')[0]
  const text = photo?.getText().trim()
  return text === '' || isAvatarHash(text) ? text.toLowerCase() : undefined
}

export function isAvatarHash(text: string | undefined): text is string {
  return text !== undefined && /^[0-9a-f]{40}$/i.test(text)
}

/** What pictures are known by (§3.1). */
export function avatarHashOf({ bytes }: Pick<Picture, 'bytes'>): string {
  return createHash('sha1').update(bytes).digest('hex')
}

/** What somebody's vCard has (§3.2), to be believed by its hash. Rejects as Iq.request does. */
export async function fetchPictures(iq: Iq, of: Jid): Promise<readonly Picture[]> {
  const vcard = await requestVCard(iq, of)
  return vcard === undefined ? [] : parsePhotos(vcard)
}

/** The pictures in a vCard (§3.2), four at most; what is too large or no picture is passed over. */
export function parsePhotos(vcard: Element): readonly Picture[] {
  const photos = vcard.getChildren('PHOTO', NS_VCARD).slice(0, MAX_PHOTOS)
  return photos.flatMap((photo) => decodePicture(photo.getChildText('BINVAL', NS_VCARD) ?? '') ?? [])
}

/** Base64, with line breaks or without. Undefined for what is too large, no base64, or none of the kinds that are shown. */
export function decodePicture(text: string): Picture | undefined {
  if (text.length > MAX_BASE64) return undefined
  const base64 = text.replace(/\s+/g, '')
  if (base64 === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined
  const bytes = Buffer.from(base64, 'base64')
  const type = pictureTypeOf(bytes)
  return type === undefined ? undefined : { type, bytes: new Uint8Array(bytes) }
}

/** Undefined where it is none of the kinds that are shown. */
export function pictureTypeOf(bytes: Uint8Array): PictureType | undefined {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('hex')
  return SIGNATURES.find(([, signature, at]) => start.startsWith(signature, 2 * at))?.[0]
}

export function buildPhoto({ type, bytes }: Picture): Element {
  const base64 = Buffer.from(bytes).toString('base64')
  return xml('PHOTO', {}, xml('TYPE', {}, type), xml('BINVAL', {}, base64))
}

/** Goes with our presence; empty: we have none (§3.2). */
export function buildAvatarHash(hash: string): Element {
  return xml('x', { xmlns: NS }, xml('photo', {}, ...(hash === '' ? [] : [hash])))
}
