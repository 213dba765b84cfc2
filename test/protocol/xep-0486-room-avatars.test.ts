/** XEP-0486 and XEP-0153: a room's picture is asked for, believed by its hash, and set. */
import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
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

describe('a picture is set and taken away', () => {
  const FACTS =
    '<FN>Garden</FN><DESC>Roses &amp; thorns</DESC><URL>https://garden.example</URL><x xmlns="urn:other">kept</x>'
  const PICTURE = { type: 'image/png', bytes: new Uint8Array(PNG) } as const

  /** The next request, answered: its payload. */
  async function asked(type: 'get' | 'set', content: string, answered: 'result' | 'error' = 'result') {
    const request = await vi.waitFor(() => {
      const [first] = stream.sent()
      if (first === undefined) throw new Error('nothing was asked')
      return first
    })
    expect([request.attrs['type'], request.attrs['to']]).toEqual([type, ROOM])
    const id = String(request.attrs['id'])
    stream.receive(`<iq type='${answered}' id='${id}' from='${ROOM}'>${content}</iq>`)
    return String(request.getChildElements()[0])
  }

  const refusal = (condition: string): string =>
    `<error type='cancel'><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>`

  test('and all else that the vCard of the room tells stays', async () => {
    const set = setRoomPicture(iq, ROOM, PICTURE)
    await asked('get', vcard(FACTS, photo(SVG), photo(SVG)))
    const stored = parseStanza(await asked('set', ''))
    await set
    expect(parsePhotos(stored)).toEqual([PICTURE])
    expect(stored.getChildren('PHOTO')).toHaveLength(1)
    expect(String(stored)).toContain(FACTS)
    const removed = setRoomPicture(iq, ROOM, undefined)
    await asked('get', vcard(photo(PNG), FACTS))
    expect(await asked('set', '')).toBe(`<vCard xmlns="vcard-temp">${FACTS}</vCard>`)
    await removed
  })

  test.each([
    ['an empty one', vcard(), 'result'],
    ['no word', '', 'result'],
    ['that there is none', refusal('item-not-found'), 'error'],
  ] as const)('where the room has no vCard, which %s says', async (_, content, answered) => {
    const set = setRoomPicture(iq, ROOM, PICTURE)
    await asked('get', content, answered)
    expect(parsePhotos(parseStanza(await asked('set', '')))).toEqual([PICTURE])
    await set
  })

  test('but what could not be read is not overwritten', async () => {
    const set = setRoomPicture(iq, ROOM, PICTURE)
    await asked('get', refusal('internal-server-error'), 'error')
    await expect(set).rejects.toMatchObject({ condition: 'internal-server-error' })
    expect(stream.sent()).toEqual([])
  })
})
