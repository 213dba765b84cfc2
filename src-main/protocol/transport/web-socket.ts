/**
 * The WebSocket handshake (RFC 6455 §4) on a TLS socket of ours, for the subprotocol "xmpp" (RFC 7395 §3.1). No
 * compression, which has no place beside secrets, and no redirects.
 */
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { WebSocket } from 'ws'
import { StreamFailure } from '../errors.ts'
import { FrameSocket, MESSAGE_BYTES } from './frame-socket.ts'
import { within } from './limits.ts'
import { asFailure, clip } from './problems.ts'

/** Rejects with StreamFailure; the socket is then destroyed. */
export async function openWebSocket(
  url: URL,
  tls: TLSSocket,
  limitMs: number,
  signal: AbortSignal,
): Promise<FrameSocket> {
  const socket = new WebSocket(url, 'xmpp', {
    createConnection: () => tls,
    perMessageDeflate: false,
    followRedirects: false,
    maxPayload: MESSAGE_BYTES,
  })
  socket.on('error', () => undefined)
  const refused = new Promise<never>((_resolve, reject) => {
    socket.once('unexpected-response', (_request, response) => {
      reject(refusal(response))
    })
  })
  // Made in the turn in which it opens: a message may come in the next.
  const opened = once(socket, 'open').then(() => new FrameSocket(socket, tls))
  try {
    return await within(Promise.race([opened, refused]), 'WebSocket', limitMs, signal)
  } catch (error) {
    tls.destroy()
    throw handshakeFailure(error)
  }
}

/** A server that is not well now may be later; anything else is no WebSocket. */
function refusal({ statusCode = 0 }: IncomingMessage): StreamFailure {
  const code = statusCode >= 500 ? 'network' : 'protocol'
  return new StreamFailure({ code, detail: `HTTP ${String(statusCode)} in place of a WebSocket` })
}

/** The library's own errors have no code: the answer was not that of a WebSocket, or not of this subprotocol. */
function handshakeFailure(error: unknown): StreamFailure {
  const isLibrarys = error instanceof Error && !(error instanceof StreamFailure) && !('code' in error)
  return isLibrarys ? new StreamFailure({ code: 'protocol', detail: clip(error.message) }) : asFailure(error)
}
