/** A picture that the user chooses, for the account or for a room, made fit to be sent: square, and small in every way. */
import { squareOf } from './small-picture.ts'

/** Pixels, of an account's; a smaller one where a picture does not shrink well. */
const OWN_SIDES = [192, 160, 128, 96]
/** Pixels. */
const ROOM_SIDE = 256
/** A larger file than a camera makes is no picture, or would hold the window up. */
const MOST_BYTES = 50_000_000
/** As base64; the stanza around it must pass a server that takes little more than 128 KiB. */
const MOST_BASE64 = 120_000
const PREFIX = /^data:image\/(?:png|jpeg);base64,/

/** Base64 of a PNG, as XEP-0084 has it. Undefined for what can't be read as a picture. */
export async function toOwnPicture(file: Blob): Promise<string | undefined> {
  for (const side of OWN_SIDES) {
    const canvas = await readSquare(file, side)
    if (canvas === undefined) return undefined
    const png = base64Of(canvas.toDataURL('image/png'))
    if (png.length <= MOST_BASE64) return png
  }
  return undefined
}

/** Base64 of a PNG, or of a JPEG where that is too large. Undefined for what can't be read as a picture. */
export async function toRoomPicture(file: Blob): Promise<string | undefined> {
  const canvas = await readSquare(file, ROOM_SIDE)
  if (canvas === undefined) return undefined
  const png = base64Of(canvas.toDataURL('image/png'))
  if (png.length <= MOST_BASE64) return png
  paintGround(canvas)
  return base64Of(canvas.toDataURL('image/jpeg', 0.85))
}

async function readSquare(file: Blob, side: number): Promise<HTMLCanvasElement | undefined> {
  return file.size > MOST_BYTES ? undefined : squareOf(file, side)
}

function base64Of(url: string): string {
  return url.replace(PREFIX, '')
}

/** What is clear would be black in a JPEG. */
function paintGround(canvas: HTMLCanvasElement): void {
  const context = canvas.getContext('2d')
  if (context === null) return
  context.globalCompositeOperation = 'destination-over'
  context.fillStyle = 'white'
  context.fillRect(0, 0, canvas.width, canvas.height)
}
