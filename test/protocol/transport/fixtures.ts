/** Our connection and the library's, both pointed at a scripted server. */
import { client as libraryClient } from '@xmpp/client'
import type { BareJid } from '../../../src-main/model/jid.ts'
import type { ConnectionOptions, ConnectionProblem, ConnectionStep } from '../../../src-main/model/account.ts'
import { StreamFailure } from '../../../src-main/protocol/errors.ts'
import type { ConnectRequest, Stream } from '../../../src-main/protocol/stream.ts'
import type { Limits } from '../../../src-main/protocol/transport/limits.ts'
import { createConnect } from '../../../src-main/protocol/transport/xmpp-client.ts'
import type { ServerResolver } from '../../../src-main/protocol/xep-0368-direct-tls.ts'
import { DOMAIN, PASSWORD, type Wire } from '../../helpers/scripted-server.ts'

export interface OurOptions extends Partial<ConnectRequest> {
  readonly ca?: string
  readonly limits?: Partial<Limits>
  readonly steps?: ConnectionStep[]
  readonly resolver?: ServerResolver
  /** Over WebSocket it is the path /xmpp of that port. */
  readonly wire?: Wire
}

/** Signs romeo in at a port of this machine. */
export function connectOurs(port: number, options: OurOptions = {}): Promise<Stream> {
  const { ca, limits, steps, resolver, wire = 'tcp', ...request } = options
  const connect = createConnect({ ca: ca === undefined ? [] : [ca], limits, resolver })
  return connect({
    jid: `romeo@${DOMAIN}` as BareJid,
    password: PASSWORD,
    resource: 'x',
    ...whereAt(port, wire),
    signal: new AbortController().signal,
    onStep: (step) => void steps?.push(step),
    ...request,
  })
}

/** Where a scripted server is, by this wire. */
export function whereAt(port: number, wire: Wire): ConnectionOptions {
  return wire === 'tcp'
    ? { host: '127.0.0.1', port, security: 'starttls' }
    : { transport: wire, webSocketUrl: `wss://127.0.0.1:${port}/xmpp`, security: 'automatic' }
}

/** The problem that a sign-in ends with; throws when it succeeds. */
export async function problemOf(connecting: Promise<Stream>): Promise<ConnectionProblem> {
  const outcome = await connecting.catch((error: unknown) => error)
  if (outcome instanceof StreamFailure) return outcome.problem
  if (outcome instanceof Error) throw outcome
  await (outcome as Stream).close()
  throw new Error('it signed in')
}

export type LibraryClient = ReturnType<typeof libraryClient>

/** The library as it comes. Its errors are kept, it does not reconnect. */
export function createLibrary(
  port: number,
  options: Parameters<typeof libraryClient>[0] = {},
): LibraryClient & { readonly errors: Error[] } {
  const errors: Error[] = []
  const entity = libraryClient({
    service: `xmpp://127.0.0.1:${port}`,
    domain: DOMAIN,
    username: 'romeo',
    password: PASSWORD,
    resource: 'x',
    timeout: 3000,
    ...options,
  })
  entity.on('error', (error: Error) => errors.push(error))
  entity.reconnect.stop()
  return Object.assign(entity, { errors })
}

/** 'pending' when it has not settled by then. */
export async function within<T>(promise: Promise<T>, ms: number): Promise<T | 'pending' | Error> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'pending'>((resolve) => {
    timer = setTimeout(() => resolve('pending'), ms)
  })
  const settled = promise.catch((error: unknown) => error as Error)
  return Promise.race([settled, late]).finally(() => clearTimeout(timer))
}

export function nextOf<T>(subscribe: (listener: (value: T) => void) => void): Promise<T> {
  return new Promise((resolve) => subscribe(resolve))
}
