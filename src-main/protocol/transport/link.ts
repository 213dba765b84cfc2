/** One socket's way to a session: a server reached, and negotiation on it. */
import type { Transport } from '../../model/account.ts'
import { domainOf } from '../../model/jid.ts'
import { unbound } from '../sasl/mechanisms.ts'
import type { ConnectRequest } from '../stream.ts'
import type { ServerResolver } from '../xep-0368-direct-tls.ts'
import type { Resumption } from '../xep-0198-stream-management.ts'
import { Engine } from './engine.ts'
import type { Limits } from './limits.ts'
import type { Memory } from './memory.ts'
import { negotiate, type Negotiated } from './negotiation.ts'
import { reach } from './reach.ts'
import type { OnTraffic } from './traffic.ts'

export interface TransportOptions {
  readonly resolver: ServerResolver
  readonly limits: Limits
  readonly ca: readonly string[] | undefined
  readonly onTraffic: OnTraffic | undefined
  readonly bind2: boolean
  readonly memory: Memory
}

export interface Link extends Negotiated {
  readonly engine: Engine
  /** 'TLSv1.3' */
  readonly tls: string
  /** TLS stood before the first byte of XMPP. */
  readonly directTls: boolean
  readonly transport: Transport
}

/** Rejects with StreamFailure; nothing is left open then. */
export function openLink(
  request: ConnectRequest,
  options: TransportOptions,
  resume?: Resumption,
): Promise<Link> {
  const domain = domainOf(request.jid)
  const engineOptions = {
    domain,
    ownJid: request.jid,
    onTraffic: options.onTraffic,
    stepMs: options.limits.step,
  }
  return reach(
    {
      ...options,
      ...request,
      domain,
      where: request,
      hint: resume?.location,
      createEngine: (framing) => new Engine({ ...engineOptions, framing }),
    },
    async ({ engine, upgrade }) => {
      const directTls = engine.isSecure()
      const negotiated = await negotiate({
        engine,
        credentials: { ...request, strongestSeen: demanded(request) },
        limits: options.limits,
        resume,
        bind2: options.bind2,
        upgrade,
        onSigningIn: () => {
          request.onStep('signing-in')
        },
      })
      if (engine.failure !== undefined) throw engine.failure
      const tls = engine.tls?.getProtocol() ?? ''
      return { ...negotiated, engine, tls, directTls, transport: engine.transport }
    },
  )
}

/**
 * Over a WebSocket that the user chose nothing may be bound (negotiation.ts), and no weaker hash is all that can be asked
 * for. Where Linnet itself falls back to one the binding stays demanded: else whoever can cut TCP could get rid of it.
 */
function demanded({ transport, strongestSeen }: ConnectRequest): string | undefined {
  return transport === 'websocket' && strongestSeen !== undefined ? unbound(strongestSeen) : strongestSeen
}
