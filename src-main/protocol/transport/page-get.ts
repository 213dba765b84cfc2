/**
 * What the user wants of the web: the beginning of a page that is linked to, for its description, and the picture of a link.
 * https alone, public addresses alone, also after each redirect; no cookies, no name of a referrer, at most 256 KiB and 5
 * seconds for a page, 2 MiB and 20 seconds for a picture (attack S15).
 */
import { throughProxy, type ProxyRoute, type ServerResolver } from '../xep-0368-direct-tls.ts'
import { pictureSizeOf, type PictureSize } from '../picture-size.ts'
import { getBytes, hostOf, type HttpsOptions } from './https-get.ts'
import { isPublicAddress, publicLookup } from './public-address.ts'
import { isIP } from 'node:net'

const MAX_BYTES = 256 * 1024
const LIMIT_MS = 5000
const MAX_PICTURE_BYTES = 2 * 1024 * 1024
const PICTURE_LIMIT_MS = 20_000

export interface PageOptions {
  readonly ca: readonly string[] | undefined
  /** For tests; the system's, which leads to public addresses alone. */
  readonly resolver?: ServerResolver
  /** Then names are the proxy's to look up, and what is not public the proxy's to refuse. */
  readonly proxy?: ProxyRoute | undefined
}

/** Undefined for whatever is no page that can be had; it never rejects. */
export async function getPage(address: string, options: PageOptions): Promise<string | undefined> {
  const limits = { limitMs: LIMIT_MS, maxBytes: MAX_BYTES, beginning: true, isWanted: isPage }
  return (await get(address, options, limits))?.toString('utf8')
}

export interface GottenPicture extends PictureSize {
  readonly bytes: Uint8Array
}

/** Whole, and of a kind and size that is shown, whatever the server calls it; else undefined. It never rejects. */
export async function getPicture(address: string, options: PageOptions): Promise<GottenPicture | undefined> {
  const bytes = await get(address, options, { limitMs: PICTURE_LIMIT_MS, maxBytes: MAX_PICTURE_BYTES })
  const size = bytes && pictureSizeOf(bytes)
  return bytes && size && { ...size, bytes: new Uint8Array(bytes) }
}

/** A small file of plain text or JSON, whole (64 KiB at most); else undefined. It never rejects. */
export async function getSmallText(address: string, options: PageOptions): Promise<string | undefined> {
  const isWanted = (contentType: string): boolean =>
    /^(application\/json|text\/plain)\s*(;|$)/i.test(contentType)
  return (await get(address, options, { limitMs: PICTURE_LIMIT_MS, isWanted }))?.toString('utf8')
}

type Limits = Omit<HttpsOptions, 'resolver' | 'ca' | 'signal' | 'mayAsk'>

async function get(
  address: string,
  { ca, resolver, proxy }: PageOptions,
  limits: Limits,
): Promise<Buffer | undefined> {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  if (!mayAsk(url)) return undefined
  const own = { resolveSrv: () => Promise.resolve([]), lookup: publicLookup() }
  const direct = resolver ?? own
  const way = proxy === undefined ? direct : throughProxy(direct, proxy)
  const signal = new AbortController().signal
  return getBytes(url, { resolver: way, ca, signal, ...limits, mayAsk }).catch(() => undefined)
}

/** An address in place of a name is not looked up, so it is judged here. */
export function mayAsk(url: URL): boolean {
  const host = hostOf(url)
  if (url.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return false
  return isIP(host) === 0 ? host.includes('.') : isPublicAddress(host)
}

function isPage(contentType: string): boolean {
  return /^(?:text\/html|application\/xhtml\+xml)\s*(?:;|$)/i.test(contentType)
}
