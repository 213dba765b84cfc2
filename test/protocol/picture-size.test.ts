/** Attack S15: pictures that are none, or that would fill the memory, are told by their first bytes. */
import { describe, expect, test } from 'vitest'
import { pictureSizeOf } from '../../src-main/protocol/picture-size.ts'
import { pngOf } from '../helpers/pictures.ts'

const bytes = (hex: string, length = 40): Buffer => {
  const start = Buffer.from(hex.replaceAll(' ', ''), 'hex')
  return Buffer.concat([start, Buffer.alloc(Math.max(0, length - start.length))])
}
const ascii = (text: string): string => Buffer.from(text, 'latin1').toString('hex')
const frame = 'ffc2 0011 08 0120 0200'

describe('the size of', () => {
  test.each([
    ['a PNG', pngOf(3, 2, [1, 2, 3]), { type: 'image/png', width: 3, height: 2 }],
    ['a GIF', bytes(`${ascii('GIF89a')} 0a00 1400`), { type: 'image/gif', width: 10, height: 20 }],
    ['a JPEG', bytes(`ffd8 ffe0 0004 0000 ff ${frame}`), { type: 'image/jpeg', width: 512, height: 288 }],
    ['a JPEG with tables before', bytes(`ffd8 ffc4 0003 00 ${frame}`), { width: 512, height: 288 }],
    [
      'a lossy WebP',
      bytes(`${ascii('RIFF')} 00000000 ${ascii('WEBPVP8 ')} 00000000 000000 9d012a 4001 f000`),
      { type: 'image/webp', width: 320, height: 240 },
    ],
    [
      'a lossless WebP',
      bytes(`${ascii('RIFF')} 00000000 ${ascii('WEBPVP8L')} 00000000 2f 3fc13b00`),
      { type: 'image/webp', width: 320, height: 240 },
    ],
    [
      'an extended WebP',
      bytes(`${ascii('RIFF')} 00000000 ${ascii('WEBPVP8X')} 00000000 00000000 3f0100 ef0000`),
      { type: 'image/webp', width: 320, height: 240 },
    ],
  ])('%s', (_what, file, size) => {
    expect(pictureSizeOf(file)).toMatchObject(size)
  })
})

describe('nothing is shown of', () => {
  test.each([
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a page', Buffer.from('<!doctype html>')],
    ['nothing', Buffer.alloc(0)],
    ['a PNG that ends too soon', pngOf(3, 2, [1, 2, 3]).subarray(0, 20)],
    ['a PNG without pixels', bytes('89504e470d0a1a0a 0000000d 49484452 00000000 00000001')],
    ['a bomb', bytes('89504e470d0a1a0a 0000000d 49484452 0000ffff 0000ffff')],
    ['one of many pixels', bytes('89504e470d0a1a0a 0000000d 49484452 00001fff 00001fff')],
    ['a JPEG without a frame', bytes('ffd8 ffda 0002')],
    ['a JPEG whose parts have no length', bytes('ffd8 ffe0 0000')],
    ['a WebP of an unknown kind', bytes(`${ascii('RIFF')} 00000000 ${ascii('WEBPABCD')}`)],
  ])('%s', (_what, file) => {
    expect(pictureSizeOf(file)).toBeUndefined()
  })

  test('whatever any beginning is cut to', () => {
    const whole = bytes(`ffd8 ffe0 0004 0000 ff ${frame}`, 0)
    for (let length = 0; length < whole.length - 1; length++) {
      expect(pictureSizeOf(whole.subarray(0, length))).toBeUndefined()
    }
  })
})
