/** XEP-0115: Entity Capabilities, version 1.6.0. https://xmpp.org/extensions/xep-0115.html */
import { createHash } from 'node:crypto'
import type { Jid } from '../model/jid.ts'
import type { Iq } from './iq.ts'
import { attribute } from './stanza.ts'
import { NS as NS_FORMS } from './xep-0004-data-forms.ts'
import {
  buildDiscoInfo,
  NS as NS_INFO,
  parseDiscoInfo,
  queryDiscoInfo,
  type DiscoInfo,
} from './xep-0030-service-discovery.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'http://jabber.org/protocol/caps'
export const features = [NS]

const MAX_LENGTH = 1024

/** §9.1 demands SHA-1; broken ones (MD5) prove nothing and are left out. Names as IANA's registry and Node's have them. */
const HASHES: ReadonlyMap<string, string> = new Map([
  ['sha-1', 'sha1'],
  ['sha-224', 'sha224'],
  ['sha-256', 'sha256'],
  ['sha-384', 'sha384'],
  ['sha-512', 'sha512'],
])

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
  const ver = verificationString(buildDiscoInfo(info), 'sha-1')
  if (ver === undefined) throw new Error('own features are named twice')
  return { hash: 'sha-1', node, ver }
}

/** Whether what was announced with this hash can be checked at all. */
export function isVerifiable({ hash }: Pick<Caps, 'hash'>): boolean {
  return HASHES.has(hash)
}

/**
 * Asks one entity for what stands behind its caps (§5.4). Undefined: the answer is ill-formed or does not hash to `ver`, so
 * it must not count for anyone. Rejects as Iq.request does.
 */
export async function fetchVerifiedInfo(iq: Iq, to: Jid, caps: Caps): Promise<DiscoInfo | undefined> {
  const query = await queryDiscoInfo(iq, to, `${caps.node}#${caps.ver}`)
  if (query === undefined || verificationString(query, caps.hash) !== caps.ver) return undefined
  return parseDiscoInfo(query)
}

/**
 * §5.1 over a disco#info `<query/>`. Undefined when the hash is none that we know, or the answer is ill-formed by the
 * checks of §5.4: an identity, a feature or a FORM_TYPE twice, or a FORM_TYPE of several minds.
 */
export function verificationString(query: Element, hash: string): string | undefined {
  const algorithm = HASHES.get(hash)
  const identities = query.getChildren('identity', NS_INFO).map(identityText)
  const features = query.getChildren('feature', NS_INFO).map((each) => attribute(each, 'var') ?? '')
  const forms = query.getChildren('x', NS_FORMS).flatMap((x) => formParts(x))
  const formTypes = forms.map(({ type }) => type)
  const texts = [...identities, ...features, ...forms.flatMap((form) => form.texts)]
  if (algorithm === undefined || formTypes.includes(undefined)) return undefined
  // The text's own delimiter inside a part would make two different answers of one hash: one feature hidden in a name.
  if (texts.some((text) => text.includes('<'))) return undefined
  if ([identities, features, formTypes].some((each) => new Set(each).size !== each.length)) return undefined
  const parts = [
    ...sorted(identities),
    ...sorted(features),
    ...forms.sort((a, b) => byOctets(a.type ?? '', b.type ?? '')).flatMap(({ texts }) => texts),
  ]
  const text = parts.map((part) => `${part}<`).join('')
  return createHash(algorithm).update(text, 'utf8').digest('base64')
}

function identityText(element: Element): string {
  return ['category', 'type', 'xml:lang', 'name'].map((name) => attribute(element, name) ?? '').join('/')
}

/**
 * What a form adds to the text. None: it has no FORM_TYPE or a visible one, and is ignored (§5.4 rule 3.6). A type of
 * undefined: its FORM_TYPE says two things.
 */
function formParts(
  form: Element,
): { readonly type: string | undefined; readonly texts: readonly string[] }[] {
  const fields = form.getChildren('field', NS_FORMS)
  const named = fields.find((field) => attribute(field, 'var') === 'FORM_TYPE')
  if (named === undefined || attribute(named, 'type') !== 'hidden') return []
  const [type, ...others] = new Set(valuesOf(named))
  if (type === undefined || others.length > 0) return [{ type: undefined, texts: [] }]
  const rest = fields
    .filter((field) => attribute(field, 'var') !== 'FORM_TYPE')
    .map((field) => ({ name: attribute(field, 'var') ?? '', values: sorted(valuesOf(field)) }))
    .sort((a, b) => byOctets(a.name, b.name))
  return [{ type, texts: [type, ...rest.flatMap(({ name, values }) => [name, ...values])] }]
}

function valuesOf(field: Element): string[] {
  return field.getChildren('value', NS_FORMS).map((value) => value.getText())
}

function sorted(texts: readonly string[]): string[] {
  return [...texts].sort(byOctets)
}

/** "i;octet" collation, which for UTF-8 is not the order of UTF-16 units. */
function byOctets(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
