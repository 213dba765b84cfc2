/** XEP-0486 and XEP-0153: a room's picture is asked for, believed by its hash, and set. */
import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import { createIq, type Iq } from '../../src-main/protocol/iq.ts'
import { avatarHashOf, parsePhotos, pictureTypeOf } from '../../src-main/protocol/xep-0153-vcard-avatar.ts'
import { fetchRoomPicture, setRoomPicture } from '../../src-main/protocol/xep-0486-room-avatars.ts'
import { createFakeStream, type FakeStream } from '../helpers/fake-stream.ts'
import { parseStanza } from '../helpers/stanza.ts'

const ROOM = 'garden@chat.shakespeare.example' as BareJid
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
const photo = (bytes: Buffer, type = 'image/png'): string =>
  `<PHOTO><TYPE>${type}</TYPE><BINVAL>\n${bytes.toString('base64').replace(/.{8}/g, '$&\n')}</BINVAL></PHOTO>`
const vcard = (...photos: string[]): string => `<vCard xmlns='vcard-temp'>${photos.join('')}</vCard>`
let stream: FakeStream
let iq: Iq

beforeEach(() => {
  stream = createFakeStream()
  iq = createIq({ stream })
  stream.onStanza((stanza) => void iq.receive(stanza))
})

function answer(payload: string): string {
  const [request] = stream.sent()
  stream.receive(`<iq type='result' id='${String(request?.attrs['id'])}' from='${ROOM}'>${payload}</iq>`)
  return String(request?.getChildElements()[0])
}

test('the picture that was announced, whatever its type is said to be', async () => {
  const hash = createHash('sha1').update(PNG).digest('hex')
  const picture = fetchRoomPicture(iq, ROOM, ['0'.repeat(40), hash])
  answer(vcard(photo(SVG, 'image/png'), photo(PNG, 'text/html')))
  expect(await picture).toEqual({ type: 'image/png', bytes: new Uint8Array(PNG) })
})

test('another picture than the one announced is none', async () => {
  const picture = fetchRoomPicture(iq, ROOM, [avatarHashOf({ bytes: SVG })])
  answer(vcard(photo(PNG), photo(SVG)))
  expect(await picture).toBeUndefined()
})

describe('what is no picture is passed over', () => {
  test.each([
    ['an SVG, which may do things', photo(SVG, 'image/svg+xml')],
    ['no Base64', '<PHOTO><BINVAL>&lt;img&gt;</BINVAL></PHOTO>'],
    ['an address', '<PHOTO><EXTVAL>http://evil.example/</EXTVAL></PHOTO>'],
    ['empty', '<PHOTO><BINVAL/></PHOTO>'],
    ['endless', photo(Buffer.concat([PNG, Buffer.alloc(1_100_000)]))],
  ])('%s', (_, content) => {
    expect(parsePhotos(parseStanza(vcard(content)))).toEqual([])
  })
})

test.each([
  ['ffd8ffe000104a46', 'image/jpeg'],
  ['474946383961', 'image/gif'],
  ['524946460000000057454250', 'image/webp'],
  ['524946460000000057415645', undefined],
  ['', undefined],
])('%s is %s', (hex, type) => {
  expect(pictureTypeOf(Buffer.from(hex, 'hex'))).toBe(type)
})

test('a picture is set and taken away', async () => {
  const set = setRoomPicture(iq, ROOM, { type: 'image/png', bytes: PNG })
  expect(parsePhotos(parseStanza(answer('')))).toEqual([{ type: 'image/png', bytes: new Uint8Array(PNG) }])
  await set
  const removed = setRoomPicture(iq, ROOM, undefined)
  expect(answer('')).toBe('<vCard xmlns="vcard-temp"/>')
  await removed
})
