/**
 * One XML stream over one socket (RFC 6120 §4, RFC 7395): @xmpp's Client, and our own where it is unsafe: a decoder that
 * keeps characters whole over packets, the strict parser, no see-other-host, nothing that throws out of a socket's
 * handler, and an end that comes at once. How the stream is framed is wire.ts's; what is negotiated, negotiation.ts's.
 */
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { Client } from '@xmpp/client-core'
import { StreamFailure } from '../errors.ts'
import { parseJid, type BareJid, type Jid } from '../../model/jid.ts'
import { xml, type Element } from '../xml.ts'
import { createInbox } from './inbox.ts'
import { endSocket } from './letting-go.ts'
import { within } from './limits.ts'
import { asFailure, NS_STREAM_ERRORS, streamErrorProblem } from './problems.ts'
import { isTurnOver } from './turn.ts'
import { badData, createReader, type Reader } from './reader.ts'
import { loggable, type OnTraffic } from './traffic.ts'
import { NS_STREAM, type Framing, type StreamParser, type WireSocket } from './wire.ts'

export interface EngineOptions {
  readonly framing: Framing
  readonly domain: string
  /** Undefined: nobody signs in here, a probe. */
  readonly ownJid: BareJid | undefined
  readonly onTraffic?: OnTraffic | undefined
  readonly stepMs: number
}

export class Engine extends Client {
  declare _attachSocket: (socket: WireSocket) => void
  declare _detachSocket: () => void
  declare _detachParser: () => void
  readonly #options: EngineOptions
  readonly #inbox = createInbox()
  readonly #broken: ((failure: StreamFailure) => void)[] = []
  readonly #reader: Reader
  /** Before TLS. */
  #plain: Socket | undefined
  /** The present one, also while the library has been told to leave it alone. */
  #wire: WireSocket | undefined
  #tls: TLSSocket | undefined
  #failure: StreamFailure | undefined
  #upgrading = false
  #saidGoodbye = false
  /** Bytes came, whatever they are. */
  onHeard: (() => void) | undefined
  /** Set by resource binding through the library's own `_jid`. */
  bound: Jid | undefined

  constructor(options: EngineOptions) {
    super({ domain: options.domain, timeout: options.stepMs })
    this.#options = options
    this.#reader = createReader(options.framing, (failure, condition) => {
      this.fail(failure, condition === undefined ? undefined : { name: condition })
    })
    // The library makes one, with `new`, for each (re)start of the stream.
    const createParser = (): StreamParser => this.#reader.restart()
    this.Parser = function Parser() {
      return createParser()
    } as unknown as NonNullable<Client['Parser']>
    this.on('error', (error: unknown) => {
      this.fail(asFailure(error))
    })
    this.on('disconnect', () => {
      this.fail(new StreamFailure({ code: 'network', detail: 'the connection was lost' }))
    })
    this.on('close', () => {
      this.fail(new StreamFailure({ code: 'server-shutdown', detail: 'the server closed the stream' }))
    })
  }

  get tls(): TLSSocket | undefined {
    return this.#tls
  }

  get transport(): Framing['transport'] {
    return this.#options.framing.transport
  }

  /** Whether something can be written. */
  get alive(): boolean {
    return this.#failure === undefined && this.#socket?.writable === true
  }

  get failure(): StreamFailure | undefined {
    return this.#failure
  }

  override isSecure(): boolean {
    return this.#tls !== undefined
  }

  /** A socket without TLS yet, which only TCP has. */
  attach(socket: Socket): void {
    this.#plain = socket
    this.#attach(socket)
  }

  /** Takes the plain socket away for a TLS handshake; call in the same turn as `next` gave `<proceed/>`. */
  release(): Socket {
    const socket = this.#plain
    if (socket === undefined || this.#failure !== undefined) throw this.#failure ?? new Error('no socket')
    this._detachParser()
    return socket
  }

  /** `socket`: what the stream goes over where it is not the TLS socket itself (WebSocket). */
  attachSecure(tls: TLSSocket, socket: WireSocket = tls): void {
    this.#tls = tls
    this.#upgrading = false
    this.#attach(socket)
  }

  /** From here on the server may send as much as an account holds. */
  markSignedIn(): void {
    this.#reader.widen()
    this.#wire?.widen?.()
  }

  /** Sends the stream header and waits for the server's (RFC 6120 §4.2, §4.3.3). */
  async openStream(): Promise<void> {
    this._detachParser()
    // The library listens for the answer only when its write is done. Electron's loop may read the answer first.
    const answered = new Promise<void>((resolve) => this.once('open', () => resolve()))
    const opened = this.open({ domain: this.#options.domain })
    opened.catch(() => undefined)
    await within(Promise.race([answered, opened, this.#whenBroken()]), 'stream header', this.#options.stepMs)
  }

  /** The next element from the server; rejects with StreamFailure. */
  next(what: string, ms: number): Promise<Element> {
    return within(this.#inbox.next(), what, ms)
  }

  /** Ends the pulling: elements go to `taker` from now on. */
  take(taker: (element: Element) => void): void {
    this.#inbox.take(taker)
  }

  onBroken(listener: (failure: StreamFailure) => void): void {
    if (this.#failure !== undefined) listener(this.#failure)
    else this.#broken.push(listener)
  }

  /** Writes an element (cleaned by the caller where its text is foreign). False when the socket is gone. */
  transmit(element: Element): boolean {
    if (!this.alive) return false
    this.#socket?.write(this.#options.framing.write(element))
    this.#options.onTraffic?.('out', loggable(element))
    return true
  }

  /** Ends everything at once, for the reason given; the first reason stays. Says so to the server when it can. */
  fail(failure: StreamFailure, condition?: { readonly name: string; readonly detail?: Element }): void {
    if (this.#failure !== undefined) return
    if (condition !== undefined) {
      const error = xml('stream:error', {}, xml(condition.name, { xmlns: NS_STREAM_ERRORS }))
      if (condition.detail !== undefined) error.append(condition.detail)
      this.transmit(error)
    }
    this.#failure = failure
    this.#reader.stop()
    // RFC 6120 §4.4: the end of a stream is answered.
    this.#letGo(condition !== undefined || this.status === 'close')
    this.#inbox.fail(failure)
    for (const listener of this.#broken.splice(0)) listener(failure)
    // Ends what the library still waits for, and its timers.
    this.emit('error', failure)
  }

  /** Says goodbye (RFC 6120 §4.4) and waits for the server's, at most `ms`. */
  async shut(farewell: Element | undefined, ms: number): Promise<void> {
    if (this.#failure !== undefined) return
    if (farewell !== undefined) this.transmit(farewell)
    this.#sayGoodbye()
    const gone = new Promise<void>((resolve) => {
      this.onBroken(() => {
        resolve()
      })
    })
    await within(gone, 'goodbye', ms).catch(() => undefined)
    this.fail(new StreamFailure({ code: 'cancelled' }))
  }

  // ---- what @xmpp/connection calls ----

  override headerElement(): Element {
    return this.#options.framing.headerElement()
  }

  override header(element: Element): string {
    // RFC 6120 §4.7.1: who we are is said only under TLS.
    if (this.isSecure() && this.#options.ownJid !== undefined) element.attrs['from'] = this.#options.ownJid
    return this.#options.framing.header(element)
  }

  _onData(data: Buffer): void {
    if (this.#failure !== undefined || this.parser === null) return
    this.onHeard?.()
    this.#reader.read(data)
    if (!this.#upgrading) return this.#rest()
    if (!this.#reader.atBoundary) return this.#refuseEarlyData()
    this.#plain?.pause()
    this._detachSocket()
  }

  /** A server may send faster than we read: then what else is due comes between. */
  #rest(): void {
    const socket = this.#socket
    if (socket?.pause === undefined || !isTurnOver()) return
    socket.pause()
    setImmediate(() => socket.resume?.())
  }

  _onElement(element: Element): void {
    if (this.#failure !== undefined) return
    this.#options.onTraffic?.('in', loggable(element))
    if (element.is('error', NS_STREAM)) return this.fail(new StreamFailure(streamErrorProblem(element)))
    if (this.#upgrading) return this.#refuseEarlyData()
    // RFC 6120 §4.8.3: stanzas between servers have no place on a client's stream.
    if (element.getNS() === 'jabber:server') return this.#refuse('invalid-namespace', 'jabber:server')
    if (element.is('proceed', 'urn:ietf:params:xml:ns:xmpp-tls') && !this.isSecure()) this.#upgrading = true
    this.#inbox.put(element)
  }

  _jid(id: string): undefined {
    this.bound = parseJid(id)
  }

  get #socket(): WireSocket | undefined {
    return (this.socket as unknown as WireSocket | null) ?? undefined
  }

  #attach(socket: WireSocket): void {
    this.#wire = socket
    socket.on('heard', () => this.onHeard?.())
    this._attachSocket(socket)
  }

  #sayGoodbye(): void {
    if (!this.alive || this.#saidGoodbye) return
    const { footer } = this.#options.framing
    this.#socket?.write(footer)
    this.#options.onTraffic?.('out', footer)
    this.#saidGoodbye = true
  }

  /** RFC 6120 §5.4.3.3: what follows `<proceed/>` in the clear could be anybody's, and must not be taken for secured. */
  #refuseEarlyData(): void {
    this.#refuse('policy-violation', 'data after <proceed/> before TLS')
  }

  #refuse(condition: string, reason: string): void {
    this.fail(badData(condition, reason), { name: condition })
  }

  #whenBroken(): Promise<never> {
    return new Promise((_resolve, reject) => {
      this.onBroken(reject)
    })
  }

  /** `inOrder`: what was written still goes out, and the end of the stream. */
  #letGo(inOrder: boolean): void {
    const [socket, wire] = [this.#socket, this.#wire]
    this._detachParser()
    this._detachSocket()
    if (inOrder && socket?.writable === true) {
      endSocket(socket, this.#saidGoodbye ? undefined : this.#options.framing.footer)
    } else wire?.destroy()
  }
}
