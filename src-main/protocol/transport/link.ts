/** One socket's way to a session: a server reached, and negotiation on it. */
import { domainOf } from '../../model/jid.ts'
import type { ConnectRequest } from '../stream.ts'
import type { ServerResolver } from '../xep-0368-direct-tls.ts'
import type { Resumption } from '../xep-0198-stream-management.ts'
import { Engine, type OnTraffic } from './engine.ts'
import type { Limits } from './limits.ts'
import { negotiate, type Negotiated } from './negotiation.ts'
import { reach } from './reach.ts'

export interface TransportOptions {
  readonly resolver: ServerResolver
  readonly limits: Limits
  readonly ca: readonly string[] | undefined
  readonly onTraffic: OnTraffic | undefined
  readonly bind2: boolean
}

export interface Link extends Negotiated {
  readonly engine: Engine
  /** 'TLSv1.3' */
  readonly tls: string
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
    { ...options, ...request, domain, where: request, createEngine: () => new Engine(engineOptions) },
    async ({ engine, upgrade }) => {
      const negotiated = await negotiate({
        engine,
        credentials: request,
        limits: options.limits,
        resume,
        bind2: options.bind2,
        upgrade,
        onSigningIn: () => {
          request.onStep('signing-in')
        },
      })
      if (engine.failure !== undefined) throw engine.failure
      return { ...negotiated, engine, tls: engine.tls?.getProtocol() ?? '' }
    },
  )
}
