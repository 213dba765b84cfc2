/**
 * A WebSocket in the shape that the engine knows sockets by (wire.ts): each text message is one `data`. What has no place
 * in the xmpp subprotocol, or is larger than a stanza may be, ends it with an error.
 */
import { EventEmitter } from 'node:events'
import type { TLSSocket } from 'node:tls'
import type { WebSocket } from 'ws'
import { StreamFailure } from '../errors.ts'
import { PARSER_BOUNDS } from './strict-parser.ts'
import type { WireSocket } from './wire.ts'

/** Of one UTF-16 unit, by which the parser's bounds count. */
const UTF8_BYTES = 3

/** No whole message within so many bytes: before sign-in, and after it. */
export const MESSAGE_BYTES_BEFORE_SIGN_IN = 128 * 1024 * UTF8_BYTES
export const MESSAGE_BYTES = PARSER_BOUNDS.stanzaLength * UTF8_BYTES

interface FrameSocketEvents {
  data: [Buffer]
  heard: []
  close: [boolean]
  error: [Error]
}

export class FrameSocket extends EventEmitter<FrameSocketEvents> implements WireSocket {
  readonly #socket: WebSocket
  #limit = MESSAGE_BYTES_BEFORE_SIGN_IN
  /** Bytes since the last whole message. */
  #unread = 0

  /** `socket` is open, over `tls`. */
  constructor(socket: WebSocket, tls: TLSSocket) {
    super()
    this.#socket = socket
    // Always one listener: an error that nobody waits for any more must not end the process.
    this.on('error', () => undefined)
    // Before the library's own, which counts a message as read in the same turn.
    tls.prependListener('data', (bytes: Buffer) => this.#count(bytes.length))
    socket.on('message', (data, isBinary) => this.#receive(data as Buffer, isBinary))
    socket.on('ping', () => (this.#unread = 0))
    socket.on('error', (error) => this.emit('error', error))
    socket.on('close', () => this.emit('close', false))
  }

  get writable(): boolean {
    return this.#socket.readyState === this.#socket.OPEN
  }

  write(text: string): void {
    // What can't be written any more shows as `close`.
    this.#socket.send(text, () => undefined)
  }

  end(): void {
    this.#socket.close(1000)
  }

  destroy(): void {
    this.#socket.terminate()
  }

  widen(): void {
    this.#limit = MESSAGE_BYTES
  }

  #count(bytes: number): void {
    this.emit('heard')
    this.#unread += bytes
    if (this.#unread > this.#limit) this.#refuse(`a message of more than ${String(this.#limit)} bytes`)
  }

  #receive(data: Buffer, isBinary: boolean): void {
    this.#unread = 0
    if (isBinary) this.#refuse('a binary message')
    else this.emit('data', data)
  }

  #refuse(detail: string): void {
    this.emit('error', new StreamFailure({ code: 'protocol', detail }))
  }
}
