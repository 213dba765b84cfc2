/**
 * RFC 7395: An XMPP Subprotocol for WebSocket, the framing (§3.3 to §3.6). Each message is one whole element that stands
 * for itself: it declares its own namespaces. `<open/>` and `<close/>` take the place of the stream's header and footer.
 */
import { EventEmitter } from 'node:events'
import { attribute, NS_CLIENT } from '../stanza.ts'
import { xml, type Element } from '../xml.ts'
import { parseDocument, PARSER_BOUNDS, type ParserBounds, type ParserEvents } from './strict-parser.ts'
import type { XmlCondition } from './strict-parser.ts'
import { NS_STREAM, type Framing, type StreamParser } from './wire.ts'

export const NS = 'urn:ietf:params:xml:ns:xmpp-framing'

export const webSocketFraming: Framing = {
  transport: 'websocket',
  headerElement: () => xml('open', { xmlns: NS, version: '1.0' }),
  header: (element) => element.toString(),
  footer: `<close xmlns="${NS}"/>`,
  write: (element) => declaring(element).toString(),
  createParser: (bounds) => new FramedParser(bounds),
  isHeader: (root) => root.is('open', NS),
}

/** §3.3.3: no stream around it declares the namespaces, so the element does; the original is not touched. */
function declaring(element: Element): Element {
  const declarations = element.name.startsWith('stream:')
    ? { 'xmlns:stream': NS_STREAM }
    : { xmlns: NS_CLIENT }
  const copy = xml(element.name, { ...declarations, ...element.attrs })
  copy.children = element.children
  return copy
}

/** Reads one message with each `write`, under the same bounds as a stream over TCP. */
class FramedParser extends EventEmitter<ParserEvents> implements StreamParser {
  readonly atBoundary = true
  #bounds: Partial<ParserBounds>
  #opened = false
  #stopped = false

  constructor(bounds: Partial<ParserBounds>) {
    super()
    this.#bounds = bounds
  }

  write(message: string): void {
    // §3.8 forbids white space to keep a connection alive. It does no harm, and over TCP it is allowed.
    if (this.#stopped || message.trim() === '') return
    const document = parseDocument(message, this.#bounds)
    if ('condition' in document) this.#violate(document.condition, document.reason)
    else this.#read(document)
  }

  widen(): void {
    this.#bounds = PARSER_BOUNDS
  }

  stop(): void {
    this.#stopped = true
  }

  #read(element: Element): void {
    if (element.is('close', NS)) {
      this.#stopped = true
      const elsewhere = attribute(element, 'see-other-uri')
      if (elsewhere !== undefined) this.emit('elsewhere', elsewhere)
      this.emit('end', element)
    } else if (element.is('open', NS)) {
      if (this.#opened) return this.#violate('bad-format', 'a second <open/>')
      this.#opened = true
      this.emit('start', element)
    } else if (!this.#opened) {
      this.#violate('bad-format', `<${element.getName()}/> in place of <open/>`)
    } else if (element.getNS() === undefined) {
      this.#violate('invalid-namespace', `<${element.getName()}/> in no namespace`)
    } else this.emit('element', element)
  }

  #violate(condition: XmlCondition, reason: string): void {
    this.#stopped = true
    this.emit('violation', { condition, reason })
  }
}
