/**
 * A picture as others made it, decoded and drawn anew, small and square: what is shown is pixels of ours, one frame, whatever
 * else the file held.
 */
import type { ShownPicture } from '../../src-main/model/picture.ts'

/** Pixels; the largest disc on a screen of twice the density. */
const SIDE = 192

/** A data URL; undefined for what is no picture after all. */
export async function toSmallUrl({ type, base64 }: ShownPicture): Promise<string | undefined> {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))
  const canvas = await squareOf(new Blob([bytes], { type }), SIDE)
  return canvas?.toDataURL('image/webp', 0.9)
}

/** The middle of it, at most so large; undefined where it can't be read. The first frame of one that moves. */
export async function squareOf(file: Blob, most: number): Promise<HTMLCanvasElement | undefined> {
  const bitmap = await createImageBitmap(file).catch(() => undefined)
  if (bitmap === undefined) return undefined
  const from = Math.min(bitmap.width, bitmap.height)
  const side = Math.min(from, most)
  const canvas = document.createElement('canvas')
  canvas.width = side
  canvas.height = side
  const context = canvas.getContext('2d')
  if (context !== null) {
    context.imageSmoothingQuality = 'high'
    const [left, top] = [(bitmap.width - from) / 2, (bitmap.height - from) / 2]
    context.drawImage(bitmap, left, top, from, from, 0, 0, side, side)
  }
  bitmap.close()
  return context === null ? undefined : canvas
}
