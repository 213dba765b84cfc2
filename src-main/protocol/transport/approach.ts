/** One candidate's way to an engine that can speak: TCP, plain or under TLS, or a WebSocket. */
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { ConnectionStep } from '../../model/account.ts'
import type { ServerResolver } from '../xep-0368-direct-tls.ts'
import type { Candidate } from './candidates.ts'
import { dial } from './dial.ts'
import type { Engine } from './engine.ts'
import { hostOf, HTTPS_PORT } from './https-get.ts'
import type { Limits } from './limits.ts'
import { webSocketFraming } from './rfc7395-framing.ts'
import { secure, type TlsOptions } from './secure.ts'
import type { Upgrade } from './starttls.ts'
import { tcpFraming } from './tcp-framing.ts'
import { openWebSocket } from './web-socket.ts'
import type { Framing } from './wire.ts'

export interface ApproachOptions {
  readonly domain: string
  readonly resolver: ServerResolver
  readonly limits: Limits
  readonly ca: readonly string[] | undefined
  /** As TlsOptions.trusted. */
  readonly trusted: string | undefined
  readonly signal: AbortSignal
  readonly onStep: (step: ConnectionStep) => void
  /** The server stands, under TLS and with a certificate that is right. */
  readonly onSecured: () => void
  readonly createEngine: (framing: Framing) => Engine
}

/** A target that answered: under TLS already, or with the means to come there. */
export interface Channel {
  readonly engine: Engine
  /** Undefined: STARTTLS has no place there. */
  readonly upgrade: Upgrade | undefined
}

/** Rejects with StreamFailure; nothing is left open then. */
export function approach(candidate: Candidate, options: ApproachOptions): Promise<Channel> {
  return candidate.transport === 'tcp'
    ? approachTcp(candidate.target, options)
    : approachWebSocket(candidate.url, options)
}

type TcpTarget = Extract<Candidate, { transport: 'tcp' }>['target']

async function approachTcp(target: TcpTarget, options: ApproachOptions): Promise<Channel> {
  const { resolver, limits, signal } = options
  options.onStep('connecting')
  const socket = await dial(target, limits.connect, signal, resolver)
  const protocols = target.directTls ? ['xmpp-client'] : []
  const upgrade: Upgrade = async (raw) => {
    const secured = await secureFor(options.domain, protocols, raw, options)
    options.onSecured()
    return secured
  }
  const secured = target.directTls ? await upgrade(socket) : undefined
  const engine = options.createEngine(tcpFraming)
  if (secured === undefined) engine.attach(socket)
  else engine.attachSecure(secured)
  return { engine, upgrade }
}

/**
 * The domain's host-meta, fetched over https from the domain itself, or the user, has named this URL; so it is the
 * URL's host that the certificate must be for (XEP-0156 §2.2 rule 1), and TLS stands before the first byte of XMPP.
 */
async function approachWebSocket(url: URL, options: ApproachOptions): Promise<Channel> {
  const { resolver, limits, signal } = options
  options.onStep('connecting')
  const target = { host: hostOf(url), port: url.port === '' ? HTTPS_PORT : Number(url.port) }
  const socket = await dial(target, limits.connect, signal, resolver)
  const tls = await secureFor(url.hostname, ['http/1.1'], socket, options)
  const frames = await openWebSocket(url, tls, limits.step, signal)
  // Not before: a web server that is something else has not answered for the XMPP server.
  options.onSecured()
  const engine = options.createEngine(webSocketFraming)
  engine.attachSecure(tls, frames)
  return { engine, upgrade: undefined }
}

function secureFor(
  name: string,
  protocols: TlsOptions['protocols'],
  socket: Socket,
  { ca, trusted, limits, signal, onStep }: ApproachOptions,
): Promise<TLSSocket> {
  onStep('securing')
  return secure(socket, { domain: name, protocols, ca, trusted, limitMs: limits.tls, signal })
}
