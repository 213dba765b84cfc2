/**
 * How large a picture says it is, out of the first bytes of its file: a small file may hold a picture that fills the memory
 * of whoever decodes it. Nothing is decoded here.
 */
import type { PictureKind } from '../model/picture.ts'
import { pictureTypeOf } from './xep-0153-vcard-avatar.ts'

export interface PictureSize {
  readonly type: PictureKind
  /** In pixels, each one at least. */
  readonly width: number
  readonly height: number
}

const MAX_SIDE = 8192
const MAX_PIXELS = 16_000_000

/** Undefined for what is no picture of the kinds that are shown, is damaged at its beginning, or is larger than is shown. */
export function pictureSizeOf(bytes: Uint8Array): PictureSize | undefined {
  const type = pictureTypeOf(bytes)
  const size = type && readers[type](Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (type === undefined || size === undefined) return undefined
  const { width, height } = size
  const isShown = Math.min(width, height) >= 1 && Math.max(width, height) <= MAX_SIDE
  return isShown && width * height <= MAX_PIXELS ? { type, width, height } : undefined
}

type Size = Omit<PictureSize, 'type'> | undefined

const readers: { readonly [K in PictureKind]: (file: Buffer) => Size } = {
  'image/png': (file) =>
    file.length >= 24 && file.toString('latin1', 12, 16) === 'IHDR'
      ? { width: file.readUInt32BE(16), height: file.readUInt32BE(20) }
      : undefined,
  'image/gif': (file) =>
    file.length >= 10 ? { width: file.readUInt16LE(6), height: file.readUInt16LE(8) } : undefined,
  'image/jpeg': readJpeg,
  'image/webp': readWebp,
}

/** Frame headers are SOF0 to SOF15 without the three in between that are tables (ITU-T T.81, table B.1). */
function readJpeg(file: Buffer): Size {
  let at = 2
  while (at + 9 <= file.length) {
    if (file[at] !== 0xff) return undefined
    const marker = file[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5) }
    // Padding is one byte; everything else before a frame has a length, which counts itself.
    const length = marker === 0xff ? -1 : file.readUInt16BE(at + 2)
    if (length >= 0 && length < 2) return undefined
    at += 2 + length
  }
  return undefined
}

/** The three kinds of RFC 9649, told apart by their first chunk. */
function readWebp(file: Buffer): Size {
  if (file.length < 30 || file.toString('latin1', 0, 4) !== 'RIFF') return undefined
  const kind = file.toString('latin1', 12, 16)
  if (kind === 'VP8X') return { width: 1 + file.readUIntLE(24, 3), height: 1 + file.readUIntLE(27, 3) }
  if (kind === 'VP8 ') {
    return { width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff }
  }
  if (kind !== 'VP8L' || file[20] !== 0x2f) return undefined
  const bits = file.readUInt32LE(21)
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
}
