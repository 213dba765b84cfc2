/**
 * XEP-0156: Discovering Alternative XMPP Connection Methods, version 1.4.0. https://xmpp.org/extensions/xep-0156.html
 * Finds the WebSocket addresses (RFC 7395) that an XMPP domain names in its host-meta file, over https alone. The TXT
 * records (_xmppconnect) of earlier versions are never asked: whoever can forge DNS could lead us anywhere.
 */
import { parseWebSocketUrl } from '../model/websocket-url.ts'
import { StreamFailure } from './errors.ts'
import { attribute } from './stanza.ts'
import { clip } from './transport/problems.ts'
import { parseDocument } from './transport/strict-parser.ts'
import { asciiDomain } from './xep-0368-direct-tls.ts'

const NS_XRD = 'http://docs.oasis-open.org/ns/xri/xrd-1.0'
const RELATION = 'urn:xmpp:alt-connections:websocket'
const MAX_ADDRESSES = 4
const XRD_BOUNDS = { depth: 10, attributes: 20, elements: 500, stanzaLength: 64 * 1024 }

/** Fetches a text over https; undefined where there is none. Rejects with StreamFailure. */
export type GetText = (url: URL) => Promise<string | undefined>

/**
 * The safe addresses, at least one. Throws StreamFailure: 'no-web-socket' when the domain names none, 'no-tls' when it
 * names only such as are not encrypted, else what kept us from asking.
 */
export async function findWebSockets(domain: string, getText: GetText): Promise<readonly URL[]> {
  const base = `https://${asciiDomain(domain)}/.well-known/`
  if (!URL.canParse(base)) throw noWebSocket(domain)
  // XRD is what every domain must have (§2.2 rule 2), JRD what some have alone.
  const asked = await Promise.allSettled([
    getText(new URL('host-meta', base)).then((text) => text && parseXrd(text)),
    getText(new URL('host-meta.json', base)).then((text) => text && parseJrd(text)),
  ])
  const named = asked.flatMap((each) => (each.status === 'fulfilled' ? (each.value ?? []) : []))
  const urls = [...new Set(named.flatMap((text) => parseWebSocketUrl(text)?.href ?? []))]
  if (urls.length > 0) return urls.slice(0, MAX_ADDRESSES).map((url) => new URL(url))
  const [insecure] = named
  if (insecure !== undefined) {
    throw new StreamFailure({ code: 'no-tls', detail: clip(`${domain} names the address ${insecure}`) })
  }
  const failed = asked.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []))
  throw whyNone(domain, failed[0])
}

/** What an XRD (RFC 6415 §3.1) names, unchecked; nothing where it is no XRD. */
export function parseXrd(text: string): readonly string[] {
  const document = parseDocument(text.replace(/^\uFEFF/, ''), XRD_BOUNDS)
  if ('condition' in document || !document.is('XRD', NS_XRD)) return []
  return document
    .getChildren('Link', NS_XRD)
    .filter((link) => attribute(link, 'rel') === RELATION)
    .flatMap((link) => attribute(link, 'href') ?? [])
}

/** The same of a JRD (RFC 6415 appendix A). */
export function parseJrd(text: string): readonly string[] {
  const links = fieldOf(parseJson(text), 'links')
  if (!Array.isArray(links)) return []
  return links.flatMap((link: unknown) => {
    const href = fieldOf(link, 'href')
    return fieldOf(link, 'rel') === RELATION && typeof href === 'string' ? [href] : []
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}

/** A domain without a web server names nothing; of its XMPP server that tells nothing. */
function whyNone(domain: string, reason: unknown): StreamFailure {
  if (!(reason instanceof StreamFailure)) return noWebSocket(domain)
  const { code, detail } = reason.problem
  return code === 'refused' || code === 'no-such-server' ? noWebSocket(domain, detail) : reason
}

function noWebSocket(domain: string, why?: string): StreamFailure {
  const detail = `${domain} names no WebSocket address${why === undefined ? '' : `: ${why}`}`
  return new StreamFailure({ code: 'no-web-socket', detail: clip(detail) })
}
