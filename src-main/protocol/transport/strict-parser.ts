/**
 * A streaming XML parser with bounds for what a server may send (RFC 6120 §11). In place of @xmpp/xml's: that one
 * throws on an illegal entity, takes any depth and size, and passes over DOCTYPE. Emits what @xmpp/connection listens
 * to (`start`, `element`, `end`) and `violation` once, after which it reads nothing more. It never throws.
 */
import { EventEmitter } from 'node:events'
import { Element } from '@xmpp/xml'
import { SaxesParser, type SaxesTagNS } from 'saxes'
import { readPlainStanza } from './plain-stanza.ts'

export interface ParserBounds {
  /** Elements inside one another, the stanza itself being the first. */
  readonly depth: number
  readonly attributes: number
  /** Elements in one stanza. */
  readonly elements: number
  /** UTF-16 units between the end of one stanza and the end of the next. */
  readonly stanzaLength: number
}

/** 4 MiB holds a roster of 30,000 contacts; 100,000 elements stay under 50 MB of memory. */
export const PARSER_BOUNDS: ParserBounds = {
  depth: 100,
  attributes: 100,
  elements: 100_000,
  stanzaLength: 4 * 1024 * 1024,
}

/** Stream error conditions that answer bad XML (RFC 6120 §4.9.3). */
export type XmlCondition =
  | 'not-well-formed'
  | 'restricted-xml'
  | 'policy-violation'
  | 'unsupported-encoding'
  | 'bad-format'
  | 'invalid-namespace'

export interface XmlViolation {
  readonly condition: XmlCondition
  readonly reason: string
}

export interface ParserEvents {
  start: [Element]
  element: [Element]
  end: [Element]
  violation: [XmlViolation]
  /** The server names another address (RFC 7395 §3.6.1); `end` follows. */
  elsewhere: [string]
}

const SLICE = 16_384
/** So much of a stanza may wait for its end outside saxes, and so often be looked at anew: saxes reads it once. */
const MOST_HELD = 65_536
const MOST_LOOKS = 8
/** Where a stanza may end: after one for saxes the next may be plain again. */
const STANZA_END = /<\/(?:message|presence|iq)>/g
const NOT_SPACE = /[^ \t\r\n]/g

/** The root element of a text that is one whole document, read under the same rules. */
export function parseDocument(text: string, bounds: Partial<ParserBounds> = {}): Element | XmlViolation {
  const parser = new StrictParser(bounds, new Element('document'))
  let outcome: Element | XmlViolation = { condition: 'not-well-formed', reason: 'it is not complete' }
  parser.on('element', (element) => (outcome = element))
  // Also after the element: of what follows it.
  parser.on('violation', (violation) => (outcome = violation))
  parser.write(text)
  return outcome
}

export class StrictParser extends EventEmitter<ParserEvents> {
  #bounds: ParserBounds
  readonly #saxes = new SaxesParser({
    xmlns: true,
    position: false,
    forceXMLVersion: true,
    defaultXMLVersion: '1.0',
  })
  /** Open elements, the stream's root first. */
  readonly #open: Element[] = []
  #elements = 0
  /** The beginning of a stanza whose end has not come. */
  #held = ''
  #looks = 0
  /** UTF-16 units taken so far; saxes' own position is right only while it reads. */
  #read = 0
  #stanzaEnd = 0
  /** Those that saxes did not see. */
  #passed = 0
  /** Closed, but saxes says only afterwards when its end tag had another name. */
  #closed: Element | undefined
  #stopped = false
  #ended = false
  /** Of a document saxes sees all: it knows that one has a single root. */
  readonly #isStream: boolean

  /** `around`: stands in for the stream's root, where what is read has none of its own (parseDocument). */
  constructor(bounds: Partial<ParserBounds> = {}, around?: Element) {
    super()
    this.#bounds = { ...PARSER_BOUNDS, ...bounds }
    this.#isStream = around === undefined
    if (around !== undefined) this.#open.push(around)
    this.#saxes.on('opentag', (tag) => this.#onOpen(tag))
    this.#saxes.on('closetag', () => this.#onClose())
    this.#saxes.on('text', (text) => this.#onText(text))
    this.#saxes.on('cdata', (text) => this.#onText(text))
    this.#saxes.on('error', ({ message }) =>
      // A declaration in the wrong place is reported as an error before it is reported as what it is.
      this.#violate(/doctype/i.test(message) ? 'restricted-xml' : 'not-well-formed', message),
    )
    // RFC 6120 §11.1: none of these may be in a stream.
    this.#saxes.on('doctype', () => this.#violate('restricted-xml', 'a document type declaration'))
    this.#saxes.on('comment', () => this.#violate('restricted-xml', 'a comment'))
    this.#saxes.on('processinginstruction', () => this.#violate('restricted-xml', 'a processing instruction'))
    this.#saxes.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined && !/^utf-8$/i.test(encoding))
        this.#violate('unsupported-encoding', encoding)
    })
  }

  /** True right after a `write` whose last character ended a stanza: nothing follows it yet. */
  get atBoundary(): boolean {
    return this.#held === '' && this.#read === this.#stanzaEnd
  }

  write(text: string): void {
    const all = this.#held + text
    this.#held = ''
    for (let at = 0; at < all.length && !this.#stopped && !this.#ended;) {
      at = this.#readPlain(all, at)
      STANZA_END.lastIndex = at
      const end = STANZA_END.test(all) ? STANZA_END.lastIndex : all.length
      this.#readSlowly(all.slice(at, end))
      at = end
    }
  }

  /** Whole plain stanzas, while saxes stands between two; gives where it has to go on. */
  #readPlain(text: string, from: number): number {
    let at = from
    while (this.#isBetween && at < text.length && !this.#stopped) {
      NOT_SPACE.lastIndex = at
      const begins = NOT_SPACE.exec(text)?.index
      const stanza = begins === undefined ? 'other' : readPlainStanza(text, begins, this.#bounds)
      if (stanza === 'partial' && text.length - at <= MOST_HELD && this.#looks < MOST_LOOKS) {
        this.#looks += 1
        this.#held = text.slice(at)
        return text.length
      }
      this.#looks = 0
      if (typeof stanza === 'string') break
      this.#read += stanza.end - at
      this.#passed += stanza.end - at
      this.#stanzaEnd = this.#read
      at = stanza.end
      stanza.element.parent = this.#open[0] ?? null
      this.emit('element', stanza.element)
    }
    return at
  }

  /** All that saxes has read are whole stanzas, and the stream goes on. */
  get #isBetween(): boolean {
    return this.#isStream && this.#open.length === 1 && !this.#ended && this.#read === this.#stanzaEnd
  }

  #readSlowly(text: string): void {
    // In slices, so that the bound on length holds however much comes at once.
    for (let at = 0; at < text.length && !this.#stopped && !this.#ended; at += SLICE) {
      const slice = text.slice(at, at + SLICE)
      this.#read += slice.length
      try {
        this.#saxes.write(slice)
        this.#flush()
      } catch (error) {
        this.#violate('not-well-formed', error instanceof Error ? error.message : 'unreadable')
      }
      if (this.#read - this.#stanzaEnd > this.#bounds.stanzaLength) {
        this.#violate('policy-violation', `more than ${String(this.#bounds.stanzaLength)} characters`)
      }
    }
  }

  /** The full bounds from here on; for a server that proved who it is. */
  widen(): void {
    this.#bounds = PARSER_BOUNDS
  }

  /** Reads nothing more, silently. */
  stop(): void {
    this.#stopped = true
  }

  #onOpen(tag: SaxesTagNS): void {
    this.#flush()
    if (this.#stopped || this.#ended) return
    const attributes = Object.values(tag.attributes)
    this.#elements += 1
    if (attributes.length > this.#bounds.attributes)
      return this.#violate('policy-violation', 'too many attributes')
    if (this.#elements > this.#bounds.elements) return this.#violate('policy-violation', 'too many elements')
    if (this.#open.length > this.#bounds.depth) return this.#violate('policy-violation', 'nested too deep')
    const element = new Element(
      tag.name,
      Object.fromEntries(attributes.map(({ name, value }) => [name, value])),
    )
    const parent = this.#open.at(-1)
    // A stanza knows the root (for its namespace), but the root does not hold the stanzas that went by.
    if (parent !== undefined && this.#open.length > 1) parent.append(element)
    else element.parent = parent ?? null
    this.#open.push(element)
    if (parent !== undefined) return
    this.#elements = 0
    this.emit('start', element)
  }

  #onClose(): void {
    this.#flush()
    if (this.#stopped || this.#ended) return
    const element = this.#open.pop()
    if (this.#open.length > 1) return
    this.#closed = element
    this.#elements = 0
    this.#stanzaEnd = this.#saxes.position + this.#passed
  }

  /** Hands out what is closed; called at whatever comes next, when its end tag was right. */
  #flush(): void {
    const element = this.#closed
    this.#closed = undefined
    if (element === undefined || this.#stopped || this.#ended) return
    this.#ended = this.#open.length === 0
    this.emit(this.#ended ? 'end' : 'element', element)
  }

  #onText(text: string): void {
    this.#flush()
    if (this.#stopped || this.#ended) return
    if (this.#open.length > 1) this.#open.at(-1)?.t(text)
    else if (text.trim() !== '') this.#violate('not-well-formed', 'text between stanzas')
    // White space between stanzas is allowed: it keeps a connection alive (RFC 6120 §4.6.1).
  }

  #violate(condition: XmlCondition, reason: string): void {
    if (this.#stopped || this.#ended) return
    this.#stopped = true
    this.emit('violation', { condition, reason })
  }
}
