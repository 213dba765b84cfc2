/**
 * XEP-0484: Fast Authentication Streamlining Tokens, version 0.2.0. https://xmpp.org/extensions/xep-0484.html
 * A token that the server gives out signs in in one round trip, without the password. Only by mechanisms that bind it to
 * the TLS channel (HT-SHA-256-EXPR and -ENDP of draft-schmaus-kitten-sasl-ht-09): a token's proof is the same each time,
 * and unbound it could be used again by whoever has heard it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { unproven, type SaslExchange } from './sasl/exchange.ts'
import { prepare } from './sasl/prepare.ts'
import { attribute } from './stanza.ts'
import { parseDateTime } from './xep-0082-date-times.ts'
import type { BindingData } from './xep-0440-channel-binding.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:fast:0'

const MECHANISMS: Readonly<Record<BindingData['type'], string>> = {
  'tls-exporter': 'HT-SHA-256-EXPR',
  'tls-server-end-point': 'HT-SHA-256-ENDP',
}
/** Servers' own are some 50 characters. */
const MAX_TOKEN = 4096

/** As secret as a password: kept in the keyring alone. */
export interface FastToken {
  /** It is good for this one alone (§3.4). */
  readonly mechanism: string
  readonly token: string
  /** Epoch milliseconds. */
  readonly expiresAt: number
}

/** An account's token, wherever it is kept. */
export interface FastTokens {
  /** The one that is good now, with the number of this use of it, which is kept before it is given; undefined: none. */
  take(): (FastToken & { readonly count: number }) | undefined
  /** In place of any before. */
  keep(token: FastToken): void
  /** It is good for nothing any more. */
  drop(): void
}

/** Mechanisms that take tokens, from SASL2's `<authentication/>`; none: no FAST. */
export function parseFast(authentication: Element): readonly string[] {
  const fast = authentication.getChild('inline')?.getChild('fast', NS)
  return fast?.getChildren('mechanism', NS).map((child) => child.text().trim()) ?? []
}

/** The mechanism for a token on this channel; undefined where the server has none, or nothing can be bound. */
export function tokenMechanism(
  offered: readonly string[],
  binding: BindingData | undefined,
): string | undefined {
  const mechanism = binding && MECHANISMS[binding.type]
  return mechanism !== undefined && offered.includes(mechanism) ? mechanism : undefined
}

/** §3.2: goes along with a sign-in by password. */
export function buildRequestToken(mechanism: string): Element {
  return xml('request-token', { xmlns: NS, mechanism })
}

/** §3.4, and §3.6 where the server shall forget the token. */
export function buildFast(count: number, invalidate = false): Element {
  return xml('fast', { xmlns: NS, count: String(count), ...(invalidate ? { invalidate: 'true' } : {}) })
}

/** The token that came with `<success/>`, asked for or in place of an older one (§3.3, §3.5). */
export function parseToken(success: Element, mechanism: string): FastToken | undefined {
  const element = success.getChild('token', NS)
  const token = element && attribute(element, 'token')
  const expiresAt = element && parseDateTime(attribute(element, 'expiry') ?? '')
  if (token === undefined || token === '' || token.length > MAX_TOKEN || expiresAt === undefined)
    return undefined
  return { mechanism, token, expiresAt }
}

/** The proof that we have the token; the server must prove the same. */
export function createTokenExchange(
  username: string,
  { mechanism, token }: FastToken,
  binding: BindingData,
): SaslExchange {
  const proof = (who: string): Buffer => createHmac('sha256', token).update(who).update(binding.data).digest()
  return {
    mechanism,
    offerConfirmed: false,
    saysUnbindable: false,
    initial: () => Buffer.concat([Buffer.from(`${prepare(username)}\0`), proof('Initiator')]),
    respond: () => Promise.reject(unproven('it asks for more than a token')),
    finish(additional) {
      const expected = proof('Responder')
      if (additional?.length !== expected.length || !timingSafeEqual(additional, expected)) {
        throw unproven('it did not prove that it knows the token')
      }
    },
  }
}
