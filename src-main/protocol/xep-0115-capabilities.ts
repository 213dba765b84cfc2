/** XEP-0115: Entity Capabilities, version 1.6.0. https://xmpp.org/extensions/xep-0115.html */
import { createHash } from 'node:crypto'
import { attribute } from './stanza.ts'
import type { DiscoInfo } from './xep-0030-service-discovery.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'http://jabber.org/protocol/caps'
export const features = [NS]

const MAX_LENGTH = 1024

export interface Caps {
  readonly hash: string
  /** The software, as a URL. */
  readonly node: string
  /** Verification string: Base64 of the hash. */
  readonly ver: string
}

/**
 * Reads `<c/>`; undefined when absent, overlong, or in the format from before version 1.4, which has no hash (§11). What
 * it promises is the sender's word until the disco#info behind it is fetched and hashed (§5.4).
 */
export function parseCaps(presence: Element): Caps | undefined {
  const element = presence.getChild('c', NS)
  if (element === undefined) return undefined
  const [hash, node, ver] = ['hash', 'node', 'ver'].map((name) => attribute(element, name) ?? '')
  if (!isSane(hash) || !isSane(node) || !isSane(ver)) return undefined
  return { hash, node, ver }
}

function isSane(text: string | undefined): text is string {
  return text !== undefined && text !== '' && text.length <= MAX_LENGTH
}

export function buildCaps({ hash, node, ver }: Caps): Element {
  return xml('c', { xmlns: NS, hash, node, ver })
}

/** Our own caps: SHA-1 is the one that everyone must know (§9.1). */
export function capsOf(info: DiscoInfo, node: string): Caps {
  return { hash: 'sha-1', node, ver: verificationString(info) }
}

/** §5.1, for information without data forms (XEP-0128) and without languages: ours has neither. */
export function verificationString(info: DiscoInfo): string {
  const identities = info.identities.map(({ category, type, name }) => `${category}/${type}//${name ?? ''}`)
  const text = [...sorted(identities), ...sorted(info.features)].map((part) => `${part}<`).join('')
  return createHash('sha1').update(text, 'utf8').digest('base64')
}

/** By octets ("i;octet" collation), which for UTF-8 is not the order of UTF-16 units. */
function sorted(texts: readonly string[]): string[] {
  return [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
}
