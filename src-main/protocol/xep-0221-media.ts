/** XEP-0221: Data Forms Media Element, version 1.0. https://xmpp.org/extensions/xep-0221.html */
import type { DataForm, FormMedia } from '../model/form.ts'
import { pictureSizeOf } from './picture-size.ts'
import { attribute } from './stanza.ts'
import { contentIdOf, decodeBase64, type Bits } from './xep-0231-bits-of-binary.ts'
import type { Element } from './xml.ts'

export const NS = 'urn:xmpp:media-element'

const MAX_URIS = 8
const MAX_URL = 2048
/** Pixels: what stands in a form is looked at in a dialog. */
const MAX_SIDE = 1024

/**
 * Reads the `<media/>` of a field. Only what came in the stanza itself becomes a picture, `cid:` out of `bits` and `data:`;
 * what lies on the web is an address and no more: nothing is fetched.
 */
export function parseMedia(field: Element, bits: Bits): FormMedia | undefined {
  const element = field.getChild('media', NS)
  if (element === undefined) return undefined
  const uris = element.getChildren('uri', NS).slice(0, MAX_URIS)
  const sources = uris.map((uri) => ({ type: attribute(uri, 'type') ?? '', uri: uri.getText().trim() }))
  const pictures = sources.filter(({ type }) => type.startsWith('image/'))
  const picture = pictures.map(({ uri }) => pictureOf(bytesOf(uri, bits))).find((one) => one !== undefined)
  const missing = picture
    ? undefined
    : pictures.map(({ uri }) => contentIdOf(uri)).find((id) => id && !bits.has(id))
  // A picture that is here need not be looked at elsewhere as well.
  const isElsewhere = (type: string, uri: string): boolean =>
    isPage(uri) && !(picture && type.startsWith('image/'))
  const pages = sources.flatMap(({ type, uri }) => (isElsewhere(type, uri) ? [uri] : []))
  return {
    pages: [...new Set(pages)],
    ...(picture === undefined ? {} : { picture }),
    ...(missing === undefined ? {} : { missing }),
  }
}

function isPage(uri: string): boolean {
  return /^https?:\/\/\S+$/i.test(uri) && uri.length <= MAX_URL && URL.canParse(uri)
}

function bytesOf(uri: string, bits: Bits): Uint8Array | undefined {
  const contentId = contentIdOf(uri)
  if (contentId !== undefined) return bits.get(contentId)
  const [, base64] = /^data:image\/[a-z]+;base64,([\s\S]+)$/i.exec(uri) ?? []
  return base64 === undefined ? undefined : decodeBase64(base64)
}

/** What the bytes themselves say counts: their kind, and how large the picture is. */
function pictureOf(bytes: Uint8Array | undefined): FormMedia['picture'] {
  const size = bytes && pictureSizeOf(bytes)
  if (bytes === undefined || size === undefined || Math.max(size.width, size.height) > MAX_SIDE)
    return undefined
  return { ...size, base64: Buffer.from(bytes).toString('base64') }
}

/** Content ids of pictures that did not come along. */
export function missingIn({ fields }: DataForm): readonly string[] {
  return [...new Set(fields.flatMap(({ media }) => media?.missing ?? []))]
}

/** The form with what was asked for since; what could not be had is not asked for again. */
export function withBits(form: DataForm, bits: Bits): DataForm {
  const fields = form.fields.map((field) => {
    if (field.media?.missing === undefined) return field
    const picture = pictureOf(bits.get(field.media.missing))
    return { ...field, media: { pages: field.media.pages, ...(picture === undefined ? {} : { picture }) } }
  })
  return { ...form, fields }
}
