/** XEP-0231: Bits of Binary, version 1.1. https://xmpp.org/extensions/xep-0231.html */
import { createHash } from 'node:crypto'
import { attribute } from './stanza.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:bob'

/** §2.1 speaks of 8 kilobytes, and leaves limits to each. */
export const MAX_BYTES = 65_536
const MAX_PARTS = 8
const MAX_CONTENT_ID = 256
/** Ours -> Node's; SHA-1 has two names (§2.6). */
const HASHES: Readonly<Record<string, string>> = {
  sha1: 'sha1',
  'sha-1': 'sha1',
  'sha-256': 'sha256',
  'sha-512': 'sha512',
}

/** Data by its content id. */
export type Bits = ReadonlyMap<string, Uint8Array>

/** What came along with a payload (§2.1, rule 2). What is too large, damaged, or not what its id says is left out. */
export function parseBits(parent: Element): Bits {
  const parts = parent.getChildren('data', NS).slice(0, MAX_PARTS)
  return new Map(
    parts.flatMap((part) => parseData(part) ?? []).map(({ contentId, bytes }) => [contentId, bytes]),
  )
}

/** Reads `<data/>` itself; undefined where it is empty too. */
export function parseData(
  element: Element,
): { readonly contentId: string; readonly bytes: Uint8Array } | undefined {
  const contentId = attribute(element, 'cid') ?? ''
  const bytes = decodeBase64(element.getText())
  if (contentId === '' || contentId.length > MAX_CONTENT_ID || bytes === undefined) return undefined
  return isWhatItSays(contentId, bytes) ? { contentId, bytes } : undefined
}

/** Undefined for what is no base64, empty, or more than is taken. */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length > 2 * MAX_BYTES) return undefined
  // §2.5 forbids breaks between, and its examples have them.
  const packed = text.replace(/\s/g, '')
  if (packed === '' || !/^[A-Za-z\d+/]+={0,2}$/.test(packed)) return undefined
  const bytes = Buffer.from(packed, 'base64')
  return bytes.length > MAX_BYTES ? undefined : new Uint8Array(bytes)
}

/** §2.5: an id is a hash as a rule. One that is none, or of a kind we do not know, is the sender's word alone. */
function isWhatItSays(contentId: string, bytes: Uint8Array): boolean {
  const [, algorithm = '', digest = ''] = /^([a-z\d-]+)\+([\da-f]+)@bob\.xmpp\.org$/i.exec(contentId) ?? []
  const hash = Object.hasOwn(HASHES, algorithm.toLowerCase()) ? HASHES[algorithm.toLowerCase()] : undefined
  return hash === undefined || createHash(hash).update(bytes).digest('hex') === digest.toLowerCase()
}

/** The content id that a `cid:` URI (RFC 2392) stands for; undefined for any other. */
export function contentIdOf(uri: string): string | undefined {
  const [, encoded] = /^cid:(\S+)$/i.exec(uri) ?? []
  try {
    return encoded === undefined ? undefined : decodeURIComponent(encoded).slice(0, MAX_CONTENT_ID)
  } catch {
    return undefined
  }
}

/** §2.3: asks for what did not come along. */
export function buildBitsRequest(contentId: string): Element {
  return xml('data', { xmlns: NS, cid: contentId })
}
