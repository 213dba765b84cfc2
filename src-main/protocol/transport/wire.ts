/**
 * What differs between the two ways that an XML stream may go, over TCP (RFC 6120) and over WebSocket (RFC 7395): the
 * socket, and how the stream is framed on it. Everything above is the same for both.
 */
import type { EventEmitter } from 'node:events'
import type { Element } from '../xml.ts'
import type { ParserBounds, ParserEvents } from './strict-parser.ts'

export const NS_STREAM = 'http://etherx.jabber.org/streams'

/**
 * What the engine needs of a socket. It emits `data` (a Buffer), `close` and `error` besides, and `heard` where bytes
 * came that are no data yet.
 */
export interface WireSocket {
  readonly writable: boolean
  write(text: string): unknown
  /** In order: what was written goes out first. */
  end(): unknown
  destroy(): unknown
  /** For a moment, so that others have their turn; where there is none, messages are short. */
  pause?(): unknown
  resume?(): unknown
  once(event: 'close', listener: () => void): unknown
  on(event: 'heard', listener: () => void): unknown
  /** From here on messages may be as large as an account needs; TCP has no messages, and leaves it to the parser. */
  widen?(): void
}

export interface StreamParser extends EventEmitter<ParserEvents> {
  /** Nothing follows what was read so far. */
  readonly atBoundary: boolean
  write(text: string): void
  /** The full bounds from here on; for a server that proved who it is. */
  widen(): void
  /** Reads nothing more, silently. */
  stop(): void
}

export interface Framing {
  readonly transport: 'tcp' | 'websocket'
  /** The stream's header, without addresses. */
  headerElement(): Element
  header(element: Element): string
  readonly footer: string
  /** An element of the stream as text. */
  write(element: Element): string
  createParser(bounds: Partial<ParserBounds>): StreamParser
  /** Whether this is the header of an XMPP stream. */
  isHeader(root: Element): boolean
}
