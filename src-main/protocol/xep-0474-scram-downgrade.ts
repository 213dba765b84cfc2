/**
 * XEP-0474: SASL SCRAM Downgrade Protection, version 0.5.0. https://xmpp.org/extensions/xep-0474.html
 * A server says under SCRAM's signature what it offered, so that nobody on the way can have taken a stronger way out.
 */
import { createHash } from 'node:crypto'

/** What the server offered, as we read it. */
export interface SaslOffer {
  /** Of the profile that is used, SASL or SASL2 (§5.1). */
  readonly mechanisms: readonly string[]
  /** Types of channel binding (XEP-0440); undefined where it says nothing about them. */
  readonly bindings: readonly string[] | undefined
}

interface Delimiters {
  readonly within: string
  readonly between: string
}

const DELIMITERS: Delimiters = { within: '\x1e', between: '\x1f' }
/** Of version 0.3, which servers of before 2025 have. */
const EARLIER: Delimiters = { within: ',', between: '|' }

/** Whether attribute `h` of the server's first message is the hash of this offer (§5.2). `hash` is SCRAM's own. */
export function confirmsOffer(
  attribute: string,
  hash: 'sha1' | 'sha256' | 'sha512',
  offer: SaslOffer,
): boolean {
  const isHashOf = (delimiters: Delimiters): boolean => attribute === hashOf(hash, offer, delimiters)
  return isHashOf(DELIMITERS) || (!hasDelimiters(offer, EARLIER) && isHashOf(EARLIER))
}

/** §5.1, steps 1 to 5; what attribute `h` says. */
export function hashOf(
  hash: 'sha1' | 'sha256' | 'sha512',
  { mechanisms, bindings }: SaslOffer,
  { within, between }: Delimiters = DELIMITERS,
): string {
  const lists = [mechanisms, ...(bindings === undefined ? [] : [bindings])]
  const text = lists.map((list) => byOctet(list).join(within)).join(between)
  return createHash(hash).update(text).digest('base64')
}

/** A name that holds a delimiter could make two offers look the same. XML allows the earlier ones in names. */
function hasDelimiters({ mechanisms, bindings = [] }: SaslOffer, { within, between }: Delimiters): boolean {
  return [...mechanisms, ...bindings].some((name) => name.includes(within) || name.includes(between))
}

/** Collation i;octet (RFC 4790 §9.3). */
function byOctet(list: readonly string[]): string[] {
  return [...list].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
}
