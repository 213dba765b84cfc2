/**
 * TLS around a connected socket. The certificate must be for the XMPP domain, whatever host SRV led to
 * (RFC 6120 §13.7.2), or for the host of a URL (RFC 9110 §4.3.4), and the version 1.2 or newer (RFC 9325).
 */
import type { Socket } from 'node:net'
import tls, { type TLSSocket } from 'node:tls'
import { setTimeout as delay } from 'node:timers/promises'
import { isIP } from 'node:net'
import type { CertificateProblem } from '../../model/account.ts'
import { StreamFailure } from '../errors.ts'
import { asciiDomain } from '../xep-0368-direct-tls.ts'
import { asFailure } from './problems.ts'
import { within } from './limits.ts'

export interface TlsOptions {
  /** The XMPP domain, or the host of a URL. */
  readonly domain: string
  /** For ALPN. XEP-0368: direct TLS names the protocol; STARTTLS has no need to. */
  readonly protocols: readonly string[]
  /** PEM certificates of authorities to trust besides the usual ones. */
  readonly ca: readonly string[] | undefined
  /** SHA-256 of the one certificate that is good although it does not hold; the user has compared it. */
  readonly trusted?: string | undefined
  readonly limitMs: number
  readonly signal: AbortSignal
}

/** Rejects with StreamFailure ('certificate' with its data, 'timeout', …) and destroys the socket. */
export async function secure(socket: Socket, options: TlsOptions): Promise<TLSSocket> {
  const name = asciiDomain(options.domain).replace(/^\[|\]$/g, '')
  const secured = tls.connect({
    socket,
    secureContext: contextFor(options.ca),
    ...(isIP(name) === 0 ? { servername: name } : {}),
    checkServerIdentity: (_host, certificate) => tls.checkServerIdentity(name, certificate),
    ...(options.protocols.length > 0 ? { ALPNProtocols: [...options.protocols] } : {}),
    // Checked below, before a byte is sent: with `true` Node forgets the certificate that we have to show.
    rejectUnauthorized: false,
  })
  secured.on('error', () => undefined)
  const done = new Promise<void>((resolve, reject) => {
    secured.once('secureConnect', resolve)
    secured.once('error', reject)
    secured.once('close', () => {
      reject(
        Object.assign(new Error('the server closed the connection while TLS was set up'), { code: 'EPROTO' }),
      )
    })
  })
  try {
    await within(done, 'TLS', options.limitMs, options.signal)
    if (!secured.authorized && !isTrusted(secured, options)) throw certificateFailure(secured, options)
    // Openfire loses a stream header that comes in one packet with the end of a TLS 1.3 handshake (xmpp.js 889).
    if (secured.getProtocol() === 'TLSv1.3') await delay(1)
    return secured
  } catch (error) {
    secured.destroy()
    socket.destroy()
    throw asFailure(error)
  }
}

const contexts = new WeakMap<readonly string[], tls.SecureContext>()

/** Reading all the usual authorities takes tens of milliseconds: once for each list that goes with them. */
function contextFor(ca: readonly string[] | undefined): tls.SecureContext {
  const minVersion = 'TLSv1.2'
  if (ca === undefined) return tls.createSecureContext({ minVersion })
  const known =
    contexts.get(ca) ?? tls.createSecureContext({ minVersion, ca: [...tls.rootCertificates, ...ca] })
  contexts.set(ca, known)
  return known
}

/**
 * By the whole certificate, so that its key is the one that was compared: whoever has another can't have made it. Not by
 * getPeerX509Certificate, which Node gives once only: channel binding needs it yet (XEP-0440).
 */
function isTrusted(socket: TLSSocket, { trusted }: TlsOptions): boolean {
  return trusted !== undefined && socket.getPeerCertificate().fingerprint256 === trusted
}

function certificateFailure(socket: TLSSocket, { trusted }: TlsOptions): StreamFailure {
  // Typed as an Error, but Node sets the code alone.
  const reason = String(socket.authorizationError)
  const leaf = socket.getPeerX509Certificate()
  const certificate: CertificateProblem = {
    reason,
    subject: oneLine(leaf?.subject),
    issuer: oneLine(leaf?.issuer),
    validFrom: leaf?.validFrom ?? '',
    validTo: leaf?.validTo ?? '',
    fingerprint: leaf?.fingerprint256 ?? '',
    ...(trusted === undefined ? {} : { isChanged: true as const }),
  }
  const names = leaf?.subjectAltName === undefined ? '' : `, for ${leaf.subjectAltName}`
  return new StreamFailure({ code: 'certificate', detail: `${reason}${names}`, certificate })
}

function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ')
}
