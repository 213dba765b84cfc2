/** One TCP connection to one target, over whichever of IPv6 and IPv4 answers (RFC 8305 as Node does it). */
import net, { type Socket } from 'node:net'
import type { Target, ServerResolver } from '../xep-0368-direct-tls.ts'
import { asFailure } from './problems.ts'
import { within } from './limits.ts'
import { asProxyFailure, passProxy } from './proxy.ts'

/** Time for one address before the next is tried; Node's 250 ms is too short for a satellite link. */
const ADDRESS_MS = 1000

/** By way of the resolver's proxy where it has one. Rejects with StreamFailure; the socket is then destroyed. */
export async function dial(
  target: Pick<Target, 'host' | 'port'>,
  limitMs: number,
  signal: AbortSignal,
  resolver: ServerResolver,
): Promise<Socket> {
  const { proxy } = resolver
  if (proxy === undefined) return dialDirectly(target, limitMs, signal, resolver.lookup)
  const socket = await dialDirectly(proxy, limitMs, signal, undefined).catch((error: unknown) => {
    throw asProxyFailure(error)
  })
  return passProxy(socket, proxy, target, limitMs, signal)
}

async function dialDirectly(
  target: Pick<Target, 'host' | 'port'>,
  limitMs: number,
  signal: AbortSignal,
  lookup: ServerResolver['lookup'],
): Promise<Socket> {
  const socket = net.connect({
    host: target.host,
    port: target.port,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_MS,
    noDelay: true,
    ...(lookup === undefined ? {} : { lookup }),
  })
  // Always one listener: an error after the race is over must not end the process.
  socket.on('error', () => undefined)
  const connected = new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  try {
    await within(connected, 'TCP connection', limitMs, signal)
    return socket
  } catch (error) {
    socket.destroy()
    throw asFailure(error)
  }
}
