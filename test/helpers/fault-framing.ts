/**
 * How what goes over a bad cable is taken apart, so that nonzas can be lost and changed in it: whole tags on TCP, whole
 * frames on WebSocket (RFC 6455 §5.2). Bytes are characters here, one each.
 */

/** Of one direction of one connection: what has come, with what was kept back before, rewritten and ready to go on. */
export type Cutter = (bytes: string, rewrite: (xml: string) => string) => string

export const BYTES = 'latin1'

/** Keeps back the beginning of a tag: a nonza in two packets would not be known for one. */
export function createTagCutter(): Cutter {
  let begun = ''
  return (bytes, rewrite) => {
    const text = begun + bytes
    const at = text.lastIndexOf('<')
    const isWhole = at <= text.lastIndexOf('>')
    begun = isWhole ? '' : text.slice(at)
    return rewrite(isWhole ? text : text.slice(0, at))
  }
}

const HEAD_END = '\r\n\r\n'

/** Keeps back the beginning of the HTTP head and of a frame. A frame of which nothing is left is left out. */
export function createFrameCutter(): Cutter {
  let begun = Buffer.alloc(0)
  let isOpen = false
  return (bytes, rewrite) => {
    begun = Buffer.concat([begun, Buffer.from(bytes, BYTES)])
    let out = ''
    if (!isOpen) {
      const end = begun.indexOf(HEAD_END)
      if (end < 0) return ''
      isOpen = true
      out = begun.toString(BYTES, 0, end + HEAD_END.length)
      begun = begun.subarray(end + HEAD_END.length)
    }
    for (let frame = readFrame(begun); frame !== undefined; frame = readFrame(begun)) {
      out += rewriteFrame(frame, rewrite)
      begun = begun.subarray(frame.size)
    }
    return out
  }
}

interface Frame {
  /** FIN and the kind of frame. */
  readonly first: number
  readonly isMasked: boolean
  readonly payload: Buffer
  /** With its head. */
  readonly size: number
}

const WHOLE_TEXT = 0x81
const MASKED = 0x80
const MASK_BYTES = 4

function readFrame(bytes: Buffer): Frame | undefined {
  const [first, second] = bytes
  if (first === undefined || second === undefined) return undefined
  const isMasked = (second & MASKED) !== 0
  const short = second & ~MASKED
  const lengthBytes = short === 127 ? 8 : short === 126 ? 2 : 0
  const head = 2 + lengthBytes + (isMasked ? MASK_BYTES : 0)
  if (bytes.length < head) return undefined
  const length = lengthBytes === 0 ? short : Number(`0x${bytes.toString('hex', 2, 2 + lengthBytes)}`)
  if (bytes.length < head + length) return undefined
  const mask = bytes.subarray(head - MASK_BYTES, head)
  const payload = Buffer.from(bytes.subarray(head, head + length))
  if (isMasked) payload.forEach((byte, at) => (payload[at] = byte ^ (mask[at % MASK_BYTES] ?? 0)))
  return { first, isMasked, payload, size: head + length }
}

function rewriteFrame({ first, isMasked, payload }: Frame, rewrite: (xml: string) => string): string {
  const text = payload.toString(BYTES)
  const now = first === WHOLE_TEXT ? rewrite(text) : text
  if (now === '' && text !== '') return ''
  return headOf(first, isMasked, now.length) + now
}

/** The mask is zero, so that the payload is as it reads. */
function headOf(first: number, isMasked: boolean, length: number): string {
  const lengthBytes = length > 0xffff ? 8 : length > 125 ? 2 : 0
  const short = lengthBytes === 8 ? 127 : lengthBytes === 2 ? 126 : length
  const long = lengthBytes === 0 ? '' : length.toString(16).padStart(2 * lengthBytes, '0')
  const mask = isMasked ? '\0'.repeat(MASK_BYTES) : ''
  return String.fromCharCode(first, short | (isMasked ? MASKED : 0)) + fromHex(long) + mask
}

function fromHex(hex: string): string {
  return Buffer.from(hex, 'hex').toString(BYTES)
}
