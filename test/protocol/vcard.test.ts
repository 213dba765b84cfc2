/** XEP-0054 and XEP-0292 asked of a server, and vCards that want to do harm. */
import { describe, expect, test } from 'vitest'
import { parseBareJid, type BareJid } from '../../src-main/model/jid.ts'
import { createIq } from '../../src-main/protocol/iq.ts'
import { fetchVCardTemp, parseVCardTemp } from '../../src-main/protocol/xep-0054-vcard-temp.ts'
import { fetchVCard4, parseVCard4 } from '../../src-main/protocol/xep-0292-vcard4.ts'
import { createFakeStream } from '../helpers/fake-stream.ts'
import { parseStanza } from '../helpers/stanza.ts'

const JULIET = parseBareJid('juliet@capulet.example') as BareJid
const FN4 = `<vcard xmlns='urn:ietf:params:xml:ns:vcard-4.0'><fn><text>Juliet</text></fn></vcard>`
const ERROR = (condition: string): string =>
  `<error type='cancel'><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>`

/** Asks, and answers as the server of the contact. */
async function asked(fetch: typeof fetchVCardTemp, type: 'result' | 'error', payload: string) {
  const stream = createFakeStream()
  const iq = createIq({ stream, newId: () => 'q1' })
  stream.onStanza((stanza) => iq.receive(stanza))
  const answer = fetch(iq, JULIET)
  const [request] = stream.sent()
  stream.receive(`<iq type='${type}' from='${JULIET}' id='q1'>${payload}</iq>`)
  return { request: String(request), card: await answer }
}

describe('asking', () => {
  test('vcard-temp of the address', async () => {
    const { request, card } = await asked(
      fetchVCardTemp,
      'result',
      `<vCard xmlns='vcard-temp'><FN>J</FN></vCard>`,
    )
    expect(request).toBe(`<iq type="get" to="${JULIET}" id="q1"><vCard xmlns="vcard-temp"/></iq>`)
    expect(card).toMatchObject({ fullName: 'J' })
  })

  test('vCard4 from its node', async () => {
    const items = `<items node='urn:xmpp:vcard4'><item id='1'>${FN4}</item></items>`
    const { request, card } = await asked(
      fetchVCard4,
      'result',
      `<pubsub xmlns='http://jabber.org/protocol/pubsub'>${items}</pubsub>`,
    )
    expect(request).toContain(`<items node="urn:xmpp:vcard4" max_items="1"/>`)
    expect(card).toMatchObject({ fullName: 'Juliet' })
  })

  test.each(['item-not-found', 'service-unavailable', 'forbidden'])('%s means none', async (condition) => {
    expect((await asked(fetchVCardTemp, 'error', ERROR(condition))).card).toBeUndefined()
    expect((await asked(fetchVCard4, 'error', ERROR(condition))).card).toBeUndefined()
  })

  test('a server that can’t be reached says nothing of the vCard', async () => {
    await expect(asked(fetchVCardTemp, 'error', ERROR('remote-server-timeout'))).rejects.toThrow('remote')
  })
})

describe('hostile', () => {
  const vcard = (content: string) => parseStanza(`<vCard xmlns='vcard-temp'>${content}</vCard>`)

  test('a thousand phones and a megabyte of name are cut to what fits a screen', () => {
    const phones = Array.from({ length: 1000 }, (_, n) => `<TEL><NUMBER>${n}</NUMBER></TEL>`).join('')
    const card = parseVCardTemp(vcard(`<FN>${'x'.repeat(1_000_000)}</FN>${phones}`))
    expect(card?.phones).toHaveLength(20)
    expect(card?.fullName).toHaveLength(512)
  })

  test('a long note is cut, and white space a megabyte long is none', () => {
    const card = parseVCardTemp(
      vcard(`<NOTE>${'y\n'.repeat(500_000)}</NOTE><FN>${' '.repeat(1_000_000)}</FN>`),
    )
    expect(card?.note.length).toBeLessThanOrEqual(8192)
    expect(card?.fullName).toBe('')
  })

  test('what is nested is not looked into', () => {
    const deep = `${'<FN>'.repeat(90)}deep${'</FN>'.repeat(90)}`
    expect(parseVCardTemp(vcard(deep))).toBeUndefined()
    const deep4 = `${'<fn>'.repeat(90)}<text>deep</text>${'</fn>'.repeat(90)}`
    expect(parseVCard4(parseStanza(`<vcard xmlns='urn:ietf:params:xml:ns:vcard-4.0'>${deep4}</vcard>`))).toBe(
      undefined,
    )
  })

  test('only the first properties are read: the rest can’t make it slow', () => {
    const many = '<NICKNAME>a</NICKNAME>'.repeat(50_000)
    expect(parseVCardTemp(vcard(`${many}<FN>last</FN>`))).toMatchObject({ nicknames: ['a'], fullName: '' })
  })
})
