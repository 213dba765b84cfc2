/**
 * The Connect of the port (../stream.ts): @xmpp's engine, assembled with our own transport, parser, SASL and stream
 * management in place of the library's. Its `client()` is not used: test/protocol/transport/library-*.test.ts show why.
 */
import { domainOf } from '../../model/jid.ts'
import { StreamFailure } from '../errors.ts'
import { strongerOf } from '../sasl/mechanisms.ts'
import type { Connect, ConnectRequest, StreamCredentials } from '../stream.ts'
import { systemResolver, type ServerResolver } from '../xep-0368-direct-tls.ts'
import { Engine } from './engine.ts'
import { cancelled, LIMITS, type Limits } from './limits.ts'
import { openLink, type Link, type TransportOptions } from './link.ts'
import { LiveStream } from './live-stream.ts'
import { beginningOf, resumptionOf } from './beginning.ts'
import { createMemory } from './memory.ts'
import { reach } from './reach.ts'
import { openRegistration, type Register } from './registering.ts'
import { revokeToken } from './revoking.ts'
import { assertStartTls, nextFeatures, startTls } from './starttls.ts'
import type { OnTraffic } from './traffic.ts'
import type { ConnectionOptions, Transport } from '../../model/account.ts'

export interface ConnectOptions {
  readonly resolver?: ServerResolver | undefined
  /** PEM certificates of authorities to trust besides Node's own. */
  readonly ca?: readonly string[] | undefined
  /** Epoch milliseconds. */
  readonly now?: (() => number) | undefined
  readonly log?:
    ((area: string, level: 'error', message: string, fields?: Record<string, unknown>) => void) | undefined
  /** Development only: every element but SASL's, as text. */
  readonly onTraffic?: OnTraffic | undefined
  readonly limits?: Partial<Limits> | undefined
  /**
   * Whether to use Bind 2 (XEP-0386) where it is offered; it is when absent. A server drops its offline messages then
   * (§4.2): a client that does not read the archive (XEP-0313) would not see them.
   */
  readonly bind2?: boolean | undefined
}

export function createConnect(options: ConnectOptions = {}): Connect {
  const transport = transportOptions(options)
  return async (request) => {
    const link = await openLink(request, transport, request.resume && resumptionOf(request.resume))
    // A resumption signs in again: with nothing weaker than the first time.
    const again = { ...request, strongestSeen: strongestOf(request, link), onStep: () => undefined }
    return new LiveStream(link, beginningOf(link, request.resume), {
      limits: transport.limits,
      now: options.now ?? Date.now,
      onListenerError: (error) =>
        options.log?.('protocol/stream', 'error', 'a listener failed', { error: String(error) }),
      open: (resume, signal) => {
        const password = request.currentPassword?.() ?? request.password
        return openLink({ ...again, password, signal }, transport, resume)
      },
    })
  }
}

function strongestOf(
  { strongestSeen }: ConnectRequest,
  { mechanism, offerProven }: Link,
): string | undefined {
  return offerProven ? mechanism : strongerOf(strongestSeen, mechanism)
}

export interface ProbeResult {
  readonly reachable: boolean
  readonly tls?: string
  readonly transport?: Transport
  readonly detail?: string
}

/** Looks whether a domain's server can be reached and secured, without signing in. Never rejects. */
export type Probe = (domain: string, options: ProbeOptions) => Promise<ProbeResult>

export type ProbeOptions = ConnectionOptions & { readonly proxyPassword?: string | undefined }

export function createProbe(options: ConnectOptions = {}): Probe {
  const transport = transportOptions(options)
  const { limits } = transport
  return async (domain, where) => {
    try {
      return await reach(
        {
          ...transport,
          domain,
          where,
          proxyPassword: where.proxyPassword,
          signal: AbortSignal.timeout(limits.connect + limits.tls),
          onStep: () => undefined,
          createEngine: (framing) => new Engine({ framing, domain, ownJid: undefined, stepMs: limits.step }),
        },
        async ({ engine, upgrade }) => {
          if (!engine.isSecure()) {
            await engine.openStream()
            assertStartTls(await nextFeatures(engine, limits.step))
            await startTls(engine, upgrade, limits.step)
          }
          const tls = engine.tls?.getProtocol() ?? ''
          engine.fail(cancelled())
          return { reachable: true, tls, transport: engine.transport }
        },
      )
    } catch (error) {
      const detail = error instanceof StreamFailure ? error.message : String(error)
      return { reachable: false, detail }
    }
  }
}

export type RevokeRequest = Pick<StreamCredentials, 'jid' | 'resource' | 'tokens'> &
  ProbeOptions & { readonly signal: AbortSignal }

/** Has the server forget an account's token. Rejects with StreamFailure. */
export type Revoke = (request: RevokeRequest) => Promise<void>

export function createRevoke(options: ConnectOptions = {}): Revoke {
  const transport = transportOptions(options)
  return (request) => {
    const { jid, signal } = request
    const domain = domainOf(jid)
    const engine = { domain, ownJid: jid, onTraffic: transport.onTraffic, stepMs: transport.limits.step }
    return reach(
      {
        ...{ ...transport, domain, where: request, proxyPassword: request.proxyPassword, signal },
        onStep: () => undefined,
        createEngine: (framing) => new Engine({ ...engine, framing }),
      },
      (channel) => revokeToken(channel, request, transport.limits),
    )
  }
}

/** Begins to make an account on a server. */
export function createRegister(options: ConnectOptions = {}): Register {
  const transport = transportOptions(options)
  return (request) => openRegistration(request, transport)
}

function transportOptions(options: ConnectOptions): TransportOptions {
  return {
    resolver: options.resolver ?? systemResolver(),
    limits: { ...LIMITS, ...options.limits },
    // Asked for when a connection is made.
    get ca() {
      return options.ca
    },
    onTraffic: options.onTraffic,
    bind2: options.bind2 ?? true,
    memory: createMemory(),
  }
}
