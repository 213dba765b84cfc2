/**
 * Through a proxy to a target: SOCKS5 (RFC 1928, with name and password by RFC 1929) or CONNECT (RFC 9110 §9.3.6). The
 * target's name goes to the proxy as it is, so that names which only the proxy knows (.onion) lead somewhere.
 */
import type { Socket } from 'node:net'
import { SocksClient } from 'socks'
import { StreamFailure } from '../errors.ts'
import type { ProxyRoute, Target } from '../xep-0368-direct-tls.ts'
import { within } from './limits.ts'
import { asFailure, clip } from './problems.ts'

type To = Pick<Target, 'host' | 'port'>

/** A proxy's answer has a dozen lines. */
const MAX_ANSWER_BYTES = 16 * 1024
const END = '\r\n\r\n'

/** `socket`: connected to the proxy. Rejects with StreamFailure; the socket is then destroyed. */
export async function passProxy(
  socket: Socket,
  proxy: ProxyRoute,
  target: To,
  limitMs: number,
  signal: AbortSignal,
): Promise<Socket> {
  const passing =
    proxy.kind === 'socks5' ? passSocks(socket, proxy, target, limitMs) : passHttp(socket, proxy, target)
  try {
    await within(passing, `proxy to ${target.host}`, limitMs, signal)
    return socket
  } catch (error) {
    socket.destroy()
    throw asProxyFailure(error)
  }
}

/** What kept us at the proxy, or before it. Being cancelled, and time that ran out, stay what they are. */
export function asProxyFailure(error: unknown): StreamFailure {
  if (error instanceof StreamFailure && ['cancelled', 'timeout', 'proxy'].includes(error.problem.code))
    return error
  const detail = error instanceof StreamFailure ? error.problem.detail : asFailure(error).problem.detail
  return new StreamFailure({ code: 'proxy', detail: clip(`proxy: ${detail ?? 'no reason given'}`) })
}

async function passSocks(
  socket: Socket,
  proxy: ProxyRoute,
  { host, port }: To,
  limitMs: number,
): Promise<void> {
  const { username, password } = proxy
  await SocksClient.createConnection({
    proxy: {
      ...{ host: proxy.host, port: proxy.port, type: 5 },
      ...(username === undefined ? {} : { userId: username, password: password ?? '' }),
    },
    command: 'connect',
    destination: { host, port },
    existing_socket: socket,
    timeout: limitMs,
  })
}

async function passHttp(
  socket: Socket,
  { username, password }: ProxyRoute,
  { host, port }: To,
): Promise<void> {
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`
  const secret =
    username === undefined ? undefined : Buffer.from(`${username}:${password ?? ''}`).toString('base64')
  const lines = [
    `CONNECT ${authority} HTTP/1.1`,
    `Host: ${authority}`,
    ...(secret === undefined ? [] : [`Proxy-Authorization: Basic ${secret}`]),
  ]
  socket.write(lines.join('\r\n') + END)
  const status = /^HTTP\/1\.[01] (\d{3})(.*)/.exec(await readAnswer(socket))
  if (status?.[1]?.startsWith('2') === true) return
  const said = status === null ? 'no answer of an HTTP proxy' : `HTTP ${status[1] ?? ''}${status[2] ?? ''}`
  throw new StreamFailure({ code: 'proxy', detail: clip(`proxy: ${said}`) })
}

/** Up to the empty line; what comes after it is the target's, and stays in the socket. */
async function readAnswer(socket: Socket): Promise<string> {
  let answer = Buffer.alloc(0)
  for (;;) {
    const chunk = (await nextChunk(socket)) ?? Buffer.alloc(0)
    answer = Buffer.concat([answer, chunk])
    const end = answer.indexOf(END)
    if (end !== -1) {
      const rest = answer.subarray(end + END.length)
      if (rest.length > 0) socket.unshift(rest)
      return answer.subarray(0, end).toString('latin1')
    }
    if (chunk.length === 0) throw new Error('it closed the connection')
    if (answer.length > MAX_ANSWER_BYTES) throw new Error('its answer does not end')
  }
}

/** Undefined at the end. Rejects when the socket fails. */
function nextChunk(socket: Socket): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      for (const [name, listener] of listeners) socket.off(name, listener)
      then()
    }
    const read = (): void => {
      const chunk = socket.read() as Buffer | null
      if (chunk !== null) settle(() => resolve(chunk))
    }
    const listeners = [
      ['readable', read],
      ['end', () => settle(() => resolve(undefined))],
      ['close', () => settle(() => resolve(undefined))],
      ['error', (error: Error) => settle(() => reject(error))],
    ] as const
    for (const [name, listener] of listeners) socket.on(name, listener)
    read()
  })
}
