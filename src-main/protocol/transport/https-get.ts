/**
 * Fetches a small file over https, as where an XMPP domain says how it is reached (XEP-0156). The same TLS as for a
 * stream; redirects only to https; bounded in time, in bytes and in redirects.
 */
import type { IncomingMessage } from 'node:http'
import https from 'node:https'
import { once } from 'node:events'
import { StreamFailure } from '../errors.ts'
import type { ServerResolver } from '../xep-0368-direct-tls.ts'
import { dial } from './dial.ts'
import { within } from './limits.ts'
import { asFailure } from './problems.ts'
import { secure } from './secure.ts'

const MAX_REDIRECTS = 3
const REDIRECTS = [301, 302, 303, 307, 308]
/** A host-meta file has a dozen lines. */
const MAX_BYTES = 64 * 1024
export const HTTPS_PORT = 443

export interface HttpsOptions {
  readonly resolver: ServerResolver
  readonly ca: readonly string[] | undefined
  /** For everything together. */
  readonly limitMs: number
  readonly signal: AbortSignal
  /** 64 KiB when absent. */
  readonly maxBytes?: number
  /** What is longer is cut there, in place of being refused. */
  readonly beginning?: boolean
  /** By its content type; every one when absent. */
  readonly isWanted?: (contentType: string) => boolean
  /** Whether a redirect may lead there; to any place over https when absent. */
  readonly mayAsk?: (url: URL) => boolean
}

/** As getBytes. What is no UTF-8 becomes U+FFFD: it can't be a part of an address. */
export async function getText(url: URL, options: HttpsOptions): Promise<string | undefined> {
  return (await getBytes(url, options))?.toString('utf8')
}

/** Undefined when the server has no such file (404 and 410). Rejects with StreamFailure; nothing is left open then. */
export async function getBytes(url: URL, options: HttpsOptions): Promise<Buffer | undefined> {
  const ended = new AbortController()
  const signal = AbortSignal.any([options.signal, ended.signal])
  try {
    return await within(follow(url, { ...options, signal }), url.href, options.limitMs, options.signal)
  } catch (error) {
    throw asFailure(error)
  } finally {
    ended.abort()
  }
}

async function follow(start: URL, options: HttpsOptions): Promise<Buffer | undefined> {
  let url = start
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const answer = await request(url, options)
    if ('bytes' in answer) return answer.bytes
    if (answer.location === undefined) throw refused(url, `HTTP ${String(answer.status)}`)
    url = redirectOf(answer.location, url)
    if (options.mayAsk?.(url) === false) throw refused(url, 'a redirect to where nothing is asked')
  }
  throw refused(start, `more than ${String(MAX_REDIRECTS)} redirects`)
}

type Answer =
  { readonly bytes: Buffer | undefined } | { readonly status: number; readonly location: string | undefined }

async function request(url: URL, options: HttpsOptions): Promise<Answer> {
  const { resolver, ca, limitMs, signal } = options
  const port = url.port === '' ? (resolver.httpsPort ?? HTTPS_PORT) : Number(url.port)
  const socket = await dial({ host: hostOf(url), port }, limitMs, signal, resolver)
  const tls = await secure(socket, { domain: url.hostname, protocols: ['http/1.1'], ca, limitMs, signal })
  const abort = (): void => void tls.destroy()
  signal.addEventListener('abort', abort, { once: true })
  try {
    const headers = { accept: '*/*', 'accept-encoding': 'identity' }
    const sent = https.request(url, { createConnection: () => tls, defaultPort: HTTPS_PORT, headers })
    // Always one listener on each: an error after the answer must not end the process.
    sent.on('error', () => undefined)
    sent.end()
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    response.on('error', () => undefined)
    return await read(url, response, options)
  } finally {
    signal.removeEventListener('abort', abort)
    tls.destroy()
  }
}

async function read(
  url: URL,
  response: IncomingMessage,
  { maxBytes = MAX_BYTES, beginning = false, isWanted }: HttpsOptions,
): Promise<Answer> {
  const { statusCode: status = 0, headers } = response
  if (REDIRECTS.includes(status)) return { status, location: headers.location }
  if (status === 404 || status === 410) return { bytes: undefined }
  if (status !== 200) return { status, location: undefined }
  if (!['identity', undefined].includes(headers['content-encoding'])) throw refused(url, 'compressed')
  if (isWanted?.(headers['content-type'] ?? '') === false) return { bytes: undefined }
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response) {
    chunks.push(chunk as Buffer)
    length += (chunk as Buffer).length
    if (length <= maxBytes) continue
    if (beginning) break
    throw refused(url, `more than ${String(maxBytes)} bytes`)
  }
  return { bytes: Buffer.concat(chunks).subarray(0, maxBytes) }
}

function redirectOf(location: string, from: URL): URL {
  const url = URL.canParse(location, from.href) ? new URL(location, from) : undefined
  if (url?.protocol === 'https:' && url.username === '' && url.password === '') return url
  throw refused(from, 'a redirect to what is not https')
}

function refused(url: URL, why: string): StreamFailure {
  return new StreamFailure({ code: 'protocol', detail: `${url.href}: ${why}` })
}

/** As the system's resolver wants it: an IPv6 address without brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}
