/** XMPP addresses (RFC 7622): parsing, preparation for comparison, and the branded types every layer uses. */
import { isIPv4, isIPv6 } from 'node:net'
import { domainToASCII, domainToUnicode } from 'node:url'

declare const bare: unique symbol
declare const full: unique symbol
/** `local@domain` or `domain`, prepared for comparison: two equal addresses are equal strings. */
export type BareJid = string & { readonly [bare]: true }
/** `local@domain/resource` or `domain/resource`, prepared for comparison. */
export type FullJid = string & { readonly [full]: true }
export type Jid = BareJid | FullJid

const MAX_PART_BYTES = 1023
const MAX_LENGTH = 3 * MAX_PART_BYTES + 2
/** PRECIS IdentifierClass (RFC 8264 §9): ASCII, letters, digits, marks, the exceptions; no symbols, spaces, punctuation. */
const IDENTIFIER = /^[!-~\p{L}\p{Nd}\p{Mn}\p{Mc}\u00b7\u0375\u05f3\u05f4\u06fd\u06fe\u0f0b\u3007\u30fb]+$/u
/** Invisible, or Hangul that makes no syllable: never in an identifier (RFC 8264 §9.8, §9.13). */
const TREACHEROUS = /[\p{Default_Ignorable_Code_Point}\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]/u
// RFC 7622 §3.3.1: never in a localpart.
const FORBIDDEN_IN_LOCAL = /["&'/:<>@]/
/**
 * More lenient than PRECIS: a resource is the nick in a room, where emoji joined by U+200D are common, and a character
 * newer than our Unicode tables must not cost a message.
 */
const FORBIDDEN_IN_RESOURCE = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u
/** What a name may be written with. Node's IDNA takes a URL's host, so without this `a.example?x` were `a.example`. */
const DOMAIN = /^[\p{L}\p{M}\p{N}._\u002d\u3002\uff0e\uff61\u200c\u200d]+$/u
const DOMAIN_LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/
/** Prepared already, as most are: a large room tells of ten thousand addresses at once. */
const PLAIN_LOCAL = /^[a-z0-9._-]{1,1023}$/
const PLAIN_RESOURCE = /^[ -~]{1,1023}$/
/** Domains that were read lately; there are few of them. */
const MAX_KNOWN_DOMAINS = 256
const knownDomains = new Map<string, string | undefined>()

/** Reads an address of either kind; undefined when it is not one. The result is prepared (RFC 7622 §3). */
export function parseJid(text: string): Jid | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const slash = text.indexOf('/')
  const bareText = slash < 0 ? text : text.slice(0, slash)
  const at = bareText.indexOf('@')
  const local = at < 0 ? '' : prepareLocal(bareText.slice(0, at))
  const domain = knownDomain(bareText.slice(at + 1))
  if (local === undefined || domain === undefined || (at >= 0 && local === '')) return undefined
  const address = at < 0 ? domain : `${local}@${domain}`
  if (slash < 0) return address as BareJid
  const resource = prepareResource(text.slice(slash + 1))
  return resource === undefined ? undefined : (`${address}/${resource}` as FullJid)
}

/** Reads an address that must have no resource. */
export function parseBareJid(text: string): BareJid | undefined {
  return text.includes('/') ? undefined : (parseJid(text) as BareJid | undefined)
}

export function bareOf(jid: Jid): BareJid {
  const slash = jid.indexOf('/')
  return (slash < 0 ? jid : jid.slice(0, slash)) as BareJid
}

/** The part before the @; empty for a domain. */
export function localOf(jid: Jid): string {
  const address = bareOf(jid)
  return address.slice(0, Math.max(0, address.indexOf('@')))
}

export function domainOf(jid: Jid): string {
  const address = bareOf(jid)
  return address.slice(address.indexOf('@') + 1)
}

/** The resource as it is on the wire; undefined for a bare JID. */
export function resourceOf(jid: Jid): string | undefined {
  const slash = jid.indexOf('/')
  return slash < 0 ? undefined : jid.slice(slash + 1)
}

/** An account's address must have a localpart; everything that signs in asks this. */
export function isAccountJid(jid: Jid): jid is BareJid {
  return localOf(jid) !== '' && resourceOf(jid) === undefined
}

function fits(part: string): boolean {
  return part.length > 0 && Buffer.byteLength(part) <= MAX_PART_BYTES
}

/** UsernameCaseMapped (RFC 8265 §3.3): width mapping, the class, lower case, NFC. Its Bidi rule is not checked. */
function prepareLocal(text: string): string | undefined {
  if (PLAIN_LOCAL.test(text)) return text
  const narrow = text.replace(/[\u3000\uff01-\uffef]/g, (char) => char.normalize('NFKC'))
  if (!isIdentifier(narrow)) return undefined
  const local = narrow.toLowerCase().normalize('NFC')
  return fits(local) && isIdentifier(local) && !FORBIDDEN_IN_LOCAL.test(local) ? local : undefined
}

/** Compatibility characters (Ⅳ, ﬁ, ²) look like others and are none (RFC 8264 §9.17). */
function isIdentifier(text: string): boolean {
  const isPlain = [...text].every((char) => char.normalize('NFKC') === char)
  return isPlain && IDENTIFIER.test(text) && !TREACHEROUS.test(text)
}

function knownDomain(text: string): string | undefined {
  if (knownDomains.has(text)) return knownDomains.get(text)
  const domain = prepareDomain(text)
  if (knownDomains.size >= MAX_KNOWN_DOMAINS) knownDomains.clear()
  knownDomains.set(text, domain)
  return domain
}

/** IDNA domain as Unicode, without the root's dot (RFC 7622 §3.2); IP addresses as they are, IPv6 in brackets. */
function prepareDomain(text: string): string | undefined {
  const name = text.endsWith('.') ? text.slice(0, -1) : text
  if (!fits(name)) return undefined
  if (name.startsWith('[') && name.endsWith(']')) {
    return isIPv6(name.slice(1, -1)) && !name.includes('%') ? name.toLowerCase() : undefined
  }
  if (!DOMAIN.test(name)) return undefined
  // Lower case first: older Unicode tables would make ss of a capital ẞ.
  const ascii = domainToASCII(name.toLowerCase())
  if (!ascii.split('.').every((label) => DOMAIN_LABEL.test(label))) return undefined
  // As in URLs, `1` and `0x7f.1` would be IP addresses too; in XMPP they are nothing.
  if (isIPv4(ascii) && ascii !== name) return undefined
  const unicode = domainToUnicode(ascii)
  return fits(unicode) && DOMAIN.test(unicode) ? unicode : undefined
}

/** OpaqueString (RFC 8265 §4.2): other spaces become U+0020, NFC; case is kept. */
function prepareResource(text: string): string | undefined {
  if (PLAIN_RESOURCE.test(text)) return text
  const resource = text.replace(/\p{Zs}/gu, ' ').normalize('NFC')
  return fits(resource) && !FORBIDDEN_IN_RESOURCE.test(resource) ? resource : undefined
}
