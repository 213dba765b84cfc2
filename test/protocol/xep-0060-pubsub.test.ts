/** XEP-0060: what is asked of a node, and what is read of the answers and notifications. */
import { expect, test } from 'vitest'
import { createIq } from '../../src-main/protocol/iq.ts'
import { fetchItems, parsePubsubEvent, retractItem } from '../../src-main/protocol/xep-0060-pubsub.ts'
import { createFakeStream } from '../helpers/fake-stream.ts'
import { escape, parseStanza } from '../helpers/stanza.ts'

const NS = 'http://jabber.org/protocol/pubsub'
const NODE = { node: 'n' }

function connect() {
  const stream = createFakeStream()
  const iq = createIq({ stream })
  stream.onStanza((stanza) => iq.receive(stanza))
  /** Answers the one request; gives it back as text. */
  const answer = (payload = ''): string => {
    const [request] = stream.sent()
    stream.receive(`<iq type='result' id='${escape(String(request?.attrs['id']))}'>${payload}</iq>`)
    return String(request)
  }
  return { iq, answer }
}
const items = (content: string, node = 'n'): string =>
  `<pubsub xmlns='${NS}'><items node='${node}'>${content}</items></pubsub>`

test('the newest items, each with its id; what has none is left out', async () => {
  const { iq, answer } = connect()
  const asked = fetchItems(iq, NODE, 2)
  const request = answer(
    items(`<item id='a'><x xmlns='urn:x'/></item><item><x xmlns='urn:x'/></item><item id='b'/>`),
  )
  expect(request).toContain(`<pubsub xmlns="${NS}"><items node="n" max_items="2"/></pubsub>`)
  const found = await asked
  expect(found.map(({ id, payload }) => [id, payload?.getName()])).toEqual([
    ['a', 'x'],
    ['b', undefined],
  ])
})

test('items of another node answer nothing', async () => {
  const { iq, answer } = connect()
  const asked = fetchItems(iq, NODE)
  answer(items(`<item id='a'/>`, 'other'))
  expect(await asked).toEqual([])
})

test('an item is taken out, and who listens is told', async () => {
  const { iq, answer } = connect()
  const done = retractItem(iq, NODE, 'a')
  expect(answer()).toContain(`<retract node="n" notify="true"><item id="a"/></retract>`)
  await done
})

test('a notification names what came and what went', () => {
  const event = (content: string) =>
    parsePubsubEvent(parseStanza(`<message><event xmlns='${NS}#event'>${content}</event></message>`))
  expect(event(`<items node='n'><item id='a'/><retract id='b'/><retract/></items>`)).toEqual({
    node: 'n',
    items: [{ id: 'a' }],
    retracted: ['b'],
  })
  expect(event(`<items><item id='a'/></items>`)).toBeUndefined()
  for (const all of ['purge', 'delete']) {
    expect(event(`<${all} node='n'/>`)).toEqual({ node: 'n', items: [], retracted: [], emptied: true })
    expect(event(`<${all}/>`)).toBeUndefined()
  }
})
