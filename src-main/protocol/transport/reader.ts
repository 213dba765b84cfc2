/** The reading side of a stream: bytes to elements, through the parser of the wire, under the bounds of the moment. */
import { clip, SeeOther } from './problems.ts'
import { StreamFailure } from '../errors.ts'
import type { ParserBounds } from './strict-parser.ts'
import { createUtf8Decoder } from './utf8.ts'
import type { Framing, StreamParser } from './wire.ts'

/** Before sign-in a server has little to say (features, a challenge); it gets little room. */
const BOUNDS_BEFORE_SIGN_IN: Partial<ParserBounds> = { stanzaLength: 128 * 1024, elements: 2000 }

export interface Reader {
  /** The parser of a stream that begins, or begins anew. */
  restart(): StreamParser
  read(data: Buffer): void
  /** Nothing follows what was read so far. */
  readonly atBoundary: boolean
  widen(): void
  /** Reads nothing more, silently. */
  stop(): void
}

/** `onBad`: what was read ends the stream; `condition` is what to tell the server, where there is something. */
export function createReader(
  framing: Framing,
  onBad: (failure: StreamFailure, condition?: string) => void,
): Reader {
  let decoder = createUtf8Decoder()
  let parser: StreamParser | undefined
  let bounds = BOUNDS_BEFORE_SIGN_IN
  const refuse = (condition: string, reason: string): void => {
    onBad(badData(condition, reason), condition)
  }
  return {
    restart() {
      decoder = createUtf8Decoder()
      parser = framing.createParser(bounds)
      parser.on('violation', ({ condition, reason }) => refuse(condition, reason))
      parser.on('start', (root) => {
        if (!framing.isHeader(root)) refuse('invalid-namespace', 'this is not an XMPP stream')
        else if (!/^[1-9]/.test(String(root.attrs['version'] ?? '')))
          refuse('unsupported-version', 'before XMPP 1.0')
      })
      parser.on('elsewhere', (uri) => onBad(new SeeOther(uri)))
      return parser
    },
    read(data) {
      const text = decoder.decode(data)
      if (text === undefined) refuse('not-well-formed', 'text that is not UTF-8')
      else parser?.write(text)
    },
    get atBoundary() {
      return parser?.atBoundary === true
    },
    widen() {
      bounds = {}
      parser?.widen()
    },
    stop: () => parser?.stop(),
  }
}

/** The server said what a stream does not allow. */
export function badData(condition: string, reason: string): StreamFailure {
  return new StreamFailure({ code: 'protocol', detail: clip(`${condition}: ${reason}`) })
}
