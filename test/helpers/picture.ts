/** A picture as others have it in their vCard, with what it is known by. */
import { createHash } from 'node:crypto'
import { pngOf } from './pictures.ts'

export interface MadePicture {
  readonly bytes: Buffer
  readonly base64: string
  /** SHA-1, hex. */
  readonly hash: string
}

type Colour = readonly [red: number, green: number, blue: number]

/** Square and of one colour; it may claim to be larger than it is. */
export function makePng(side: number, colour: Colour, claimedSide = side): MadePicture {
  const bytes = pngOf(side, side, colour)
  bytes.writeUInt32BE(claimedSide, 16)
  bytes.writeUInt32BE(claimedSide, 20)
  return {
    bytes,
    base64: bytes.toString('base64'),
    hash: createHash('sha1').update(bytes).digest('hex'),
  }
}

export function photo({ base64 }: MadePicture): string {
  return `<vCard xmlns='vcard-temp'><PHOTO><TYPE>image/png</TYPE><BINVAL>${base64}</BINVAL></PHOTO></vCard>`
}
