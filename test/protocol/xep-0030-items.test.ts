/** XEP-0030 items, XEP-0050 lists and XEP-0100's translation: asked, bounded, and believed as far as they go. */
import { beforeEach, expect, test } from 'vitest'
import type { Jid } from '../../src-main/model/jid.ts'
import { createIq, type Iq } from '../../src-main/protocol/iq.ts'
import {
  fetchDiscoItems,
  MAX_ITEMS,
  NS_ITEMS,
  parseDiscoItems,
} from '../../src-main/protocol/xep-0030-service-discovery.ts'
import { fetchCommands } from '../../src-main/protocol/xep-0050-commands.ts'
import { fetchGatewayPrompt, translateAddress } from '../../src-main/protocol/xep-0100-gateways.ts'
import { createFakeStream, type FakeStream } from '../helpers/fake-stream.ts'
import { parseStanza } from '../helpers/stanza.ts'

const IRC = 'irc.montague.example' as Jid
let stream: FakeStream
let iq: Iq

beforeEach(() => {
  stream = createFakeStream()
  iq = createIq({ stream })
  stream.onStanza((stanza) => void iq.receive(stanza))
})

/** Answers the latest request with this payload; returns the payload that was sent. */
function answer(payload: string): string {
  const [request] = stream.sent()
  stream.receive(`<iq type='result' id='${String(request?.attrs['id'])}' from='${IRC}'>${payload}</iq>`)
  return String(request?.getChildElements()[0])
}

test('items are read; what is no address, or comes twice, is not', async () => {
  const items = fetchDiscoItems(iq, IRC, 'n')
  expect(
    answer(`<query xmlns='${NS_ITEMS}'>
    <item jid='IRC.montague.example' node='#verona' name='&lt;b&gt;Verona'/>
    <item jid='irc.montague.example' node='#verona' name='Again'/>
    <item jid='@'/><item name='no address'/><item xmlns='urn:example:x' jid='a@b.example'/>
    <item jid='a@b.example/r'/></query>`),
  ).toContain(`node="n"`)
  expect(await items).toEqual({
    items: [{ jid: IRC, node: '#verona', name: 'Again' }, { jid: 'a@b.example/r' }],
  })
})

test('a list without end is cut, and says so', async () => {
  const item = (index: number): string => `<item jid='room${index}@rooms.example'/>`
  const all = Array.from({ length: MAX_ITEMS + 1 }, (_, index) => item(index)).join('')
  const { items, truncated } = await parseDiscoItems(parseStanza(`<query xmlns='${NS_ITEMS}'>${all}</query>`))
  expect([items.length, truncated]).toEqual([MAX_ITEMS, true])
})

test('commands are the items that have a node', async () => {
  const commands = fetchCommands(iq, IRC)
  answer(`<query xmlns='${NS_ITEMS}'><item jid='${IRC}' node='uptime' name='Uptime'/><item jid='${IRC}'/>
    <item jid='${IRC}' node='nameless'/></query>`)
  expect(await commands).toEqual([
    { jid: IRC, node: 'uptime', name: 'Uptime' },
    { jid: IRC, node: 'nameless', name: '' },
  ])
})

test('XEP-0100: how a gateway asks, and the address it makes', async () => {
  const prompt = fetchGatewayPrompt(iq, IRC)
  answer(`<query xmlns='jabber:iq:gateway'><desc> Whom? </desc><prompt>Nick</prompt></query>`)
  expect(await prompt).toEqual({ description: 'Whom?', prompt: 'Nick' })
  const address = translateAddress(iq, IRC, 'Foo <Bar>')
  expect(answer(`<query xmlns='jabber:iq:gateway'><jid>FooBar@irc.montague.example</jid></query>`)).toContain(
    'Foo &lt;Bar&gt;',
  )
  expect(await address).toBe('foobar@irc.montague.example')
})

test.each(['juliet@capulet.example', 'x@sub.irc.montague.example', 'foo@irc.montague.example/res', '', '@'])(
  'XEP-0100: "%s" is not the gateway’s to give',
  async (jid) => {
    const address = translateAddress(iq, IRC, 'foo')
    answer(`<query xmlns='jabber:iq:gateway'><jid>${jid}</jid></query>`)
    expect(await address).toBeUndefined()
  },
)
