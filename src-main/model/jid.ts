/** XMPP addresses (RFC 7622): parsing, preparation for comparison, and the branded types every layer uses. */
import { domainToASCII, domainToUnicode } from 'node:url'

declare const bare: unique symbol
declare const full: unique symbol
/** `local@domain` or `domain`, prepared for comparison: two equal addresses are equal strings. */
export type BareJid = string & { readonly [bare]: true }
/** `local@domain/resource` or `domain/resource`, prepared for comparison. */
export type FullJid = string & { readonly [full]: true }
export type Jid = BareJid | FullJid

const MAX_PART_BYTES = 1023
// RFC 7622 §3.3.1: never in a localpart, beyond what the IdentifierClass forbids (white space, symbols' controls).
const FORBIDDEN_IN_LOCAL = /["&'/:<>@\s\p{C}]/u
const FORBIDDEN_IN_RESOURCE = /\p{Cc}|\p{Cs}|\p{Cn}/u
const FORBIDDEN_IN_DOMAIN = /[\s/@"&'<>\p{C}]/u

/** Reads an address of either kind; undefined when it is not one. The result is prepared (RFC 7622 §3). */
export function parseJid(text: string): Jid | undefined {
  const slash = text.indexOf('/')
  const bareText = slash < 0 ? text : text.slice(0, slash)
  const at = bareText.indexOf('@')
  const local = at < 0 ? '' : prepareLocal(bareText.slice(0, at))
  const domain = prepareDomain(bareText.slice(at + 1))
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

/** UsernameCaseMapped (RFC 8265 §3.3): width mapping, lower case, NFC. */
function prepareLocal(text: string): string | undefined {
  const narrow = text.replace(/[\uff01-\uff5e\u3000]/g, (char) => char.normalize('NFKC'))
  const local = narrow.toLowerCase().normalize('NFC')
  return fits(local) && !FORBIDDEN_IN_LOCAL.test(local) ? local : undefined
}

/** IDNA domain as Unicode, without the root's dot (RFC 7622 §3.2); IPv6 literals keep their brackets. */
function prepareDomain(text: string): string | undefined {
  const name = text.endsWith('.') ? text.slice(0, -1) : text
  if (!fits(name) || FORBIDDEN_IN_DOMAIN.test(name)) return undefined
  if (/^\[[0-9a-fA-F:.]+\]$/.test(name)) return name.toLowerCase()
  const ascii = domainToASCII(name)
  if (ascii === '' || ascii.split('.').some((label) => label === '' || label.length > 63)) return undefined
  return domainToUnicode(ascii)
}

/** OpaqueString (RFC 8265 §4.2): other spaces become U+0020, NFC; case is kept. */
function prepareResource(text: string): string | undefined {
  const resource = text.replace(/\p{Zs}/gu, ' ').normalize('NFC')
  return fits(resource) && !FORBIDDEN_IN_RESOURCE.test(resource) ? resource : undefined
}
