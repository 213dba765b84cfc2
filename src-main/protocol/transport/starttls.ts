/** STARTTLS (RFC 6120 §5). A server that does not offer it, or someone on the way who hides it, is refused. */
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { StreamFailure } from '../errors.ts'
import { xml, type Element } from '../xml.ts'
import type { Engine } from './engine.ts'
import { NS_STREAM } from './wire.ts'

export const NS_TLS = 'urn:ietf:params:xml:ns:xmpp-tls'

/** The TLS handshake on a socket that was plain so far. */
export type Upgrade = (socket: Socket) => Promise<TLSSocket>

export async function nextFeatures(engine: Engine, limitMs: number): Promise<Element> {
  const element = await engine.next('stream features', limitMs)
  if (element.is('features', NS_STREAM)) return element
  throw new StreamFailure({ code: 'protocol', detail: `<${element.getName()}/> in place of stream features` })
}

/** Throws StreamFailure 'no-tls'. */
export function assertStartTls(features: Element): void {
  if (features.getChild('starttls', NS_TLS) !== undefined) return
  throw new StreamFailure({ code: 'no-tls', detail: 'the server does not offer STARTTLS' })
}

/** The stream is opened anew by the caller: what was said before TLS counts for nothing. */
export async function startTls(engine: Engine, upgrade: Upgrade | undefined, limitMs: number): Promise<void> {
  if (upgrade === undefined) throw new StreamFailure({ code: 'no-tls' })
  engine.transmit(xml('starttls', { xmlns: NS_TLS }))
  const answer = await engine.next('STARTTLS', limitMs)
  if (!answer.is('proceed', NS_TLS)) {
    throw new StreamFailure({ code: 'no-tls', detail: `STARTTLS answered with <${answer.getName()}/>` })
  }
  engine.attachSecure(await upgrade(engine.release()))
}
