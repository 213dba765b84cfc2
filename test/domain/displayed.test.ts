/**
 * XEP-0490, with XEP-0060, XEP-0163 and XEP-0223: what is read here is told to our own devices and nobody else, what is
 * read elsewhere is read here. Who may forge it: attacks/own-data.test.ts.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Element } from '../../src-main/protocol/xml.ts'
import type { FakeStream } from '../helpers/fake-stream.ts'
import { JULIET, NOW, result, ROMEO, setStage, settle, type Stage } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const MDS = 'urn:xmpp:mds:displayed:0'
const PUBSUB = 'http://jabber.org/protocol/pubsub'
const INFO = 'http://jabber.org/protocol/disco#info'
const ACCOUNT = `<query xmlns='${INFO}'><identity category='pubsub' type='pep'/>
  <feature var='${PUBSUB}#publish-options'/><feature var='urn:xmpp:sid:0'/></query>`

const hello = (id: string): string =>
  `<message from='${JULIET}' type='chat' id='m-${id}'><body>${id}</body>
    <stanza-id xmlns='urn:xmpp:sid:0' by='${ROMEO}' id='${id}'/></message>`
const item = (stanzaId: string, chat: string = JULIET): string =>
  `<item id='${chat}'><displayed xmlns='${MDS}'>
    <stanza-id xmlns='urn:xmpp:sid:0' by='${ROMEO}' id='${stanzaId}'/></displayed></item>`
const event = (content: string): string =>
  `<message from='${ROMEO}' type='headline'><event xmlns='${PUBSUB}#event'>
    <items node='${MDS}'>${content}</items></event></message>`

const has = (text: string) => (element: Element) => String(element).includes(text)

/** Online, with the answers of an account that keeps private data and these displayed items. */
async function start(stage: Stage, items = '', account = ACCOUNT): Promise<FakeStream> {
  stage.app.start()
  await settle()
  const stream = stage.stream()
  const asked = stream.sent().find(has('jabber:iq:roster'))
  if (asked === undefined) throw new Error('nobody asked for the roster')
  stream.receive(result(asked, `<query xmlns='jabber:iq:roster'/>`))
  await settle()
  await answer(stream, stream.sent(), account, items)
  return stream
}

async function answer(stream: FakeStream, sent: readonly Element[], account: string, items: string) {
  const info = sent.find((element) => element.attrs['to'] === ROMEO && has(INFO)(element))
  if (info === undefined) throw new Error('nobody asked what the account offers')
  stream.receive(`<iq type='result' from='${ROMEO}' id='${String(info.attrs['id'])}'>${account}</iq>`)
  await settle()
  const fetch = stream.sent().find(has(`<items node="${MDS}"`))
  if (fetch === undefined) return
  const list = `<pubsub xmlns='${PUBSUB}'><items node='${MDS}'>${items}</items></pubsub>`
  stream.receive(result(fetch, list))
  await settle()
}

function unread(stage: Stage): number | undefined {
  return stage.app.state().conversations.find(({ counterpart }) => counterpart === JULIET)?.unreadCount
}
const open = (stage: Stage): number => stage.app.openConversation({ accountId: 1, jid: JULIET }).id
const published = (stream: FakeStream): readonly Element[] => stream.sent().filter(has('<publish '))

describe('what is read here', () => {
  test('is told to our own account, for nobody else to see', async () => {
    const stage = setStage()
    const stream = await start(stage)
    stream.receive(hello('one'))
    stream.receive(hello('two'))
    stage.app.markRead(open(stage))
    const [publish, ...more] = published(stream)
    expect(more).toEqual([])
    expect(publish?.attrs['to']).toBeUndefined()
    const text = String(publish)
    expect(text).toContain(`<item id="${JULIET}"><displayed xmlns="${MDS}">`)
    expect(text).toContain(`<stanza-id xmlns="urn:xmpp:sid:0" by="${ROMEO}" id="two"/>`)
    expect(text).toMatch(/<field var="pubsub#access_model"><value>whitelist<\/value>/)
    expect(text).toMatch(/<field var="pubsub#max_items"><value>max<\/value>/)
  })

  test('goes together while the server has not answered, and once', async () => {
    const stage = setStage()
    const stream = await start(stage)
    for (const id of ['one', 'two', 'three']) {
      stream.receive(hello(id))
      stage.app.markRead(open(stage))
    }
    const [first, ...more] = published(stream)
    expect([String(first).includes('id="one"'), more]).toEqual([true, []])
    stream.receive(result(first as Element))
    await settle()
    const [second] = published(stream)
    expect(String(second)).toContain('id="three"')
    stream.receive(result(second as Element))
    await settle()
    expect(published(stream)).toEqual([])
    expect(stage.storage.listDisplayedDue(1)).toEqual([])
  })

  test('without a connection is told by the next stream', async () => {
    const stage = setStage()
    const stream = await start(stage)
    stream.receive(hello('one'))
    stream.drop()
    stage.app.markRead(open(stage))
    const next = setStage({ storage: stage.storage })
    const later = await start(next)
    expect(published(later).map(String).join()).toContain('id="one"')
  })

  test('is not told again when another device has told as much', async () => {
    const stage = setStage()
    const stream = await start(stage)
    stream.receive(hello('one'))
    stream.receive(event(item('one')))
    stage.app.markRead(open(stage))
    stage.app.sendMessage({ conversationId: open(stage), body: 'read' })
    expect(published(stream)).toEqual([])
  })

  test('by answering, counts too', async () => {
    const stage = setStage()
    const stream = await start(stage)
    stream.receive(hello('one'))
    stage.app.sendMessage({ conversationId: open(stage), body: 'read' })
    expect(published(stream)).toHaveLength(1)
  })
})

describe('what is read elsewhere', () => {
  test('is read here up to there, and is announced', async () => {
    const stage = setStage()
    const stream = await start(stage)
    for (const id of ['one', 'two', 'three']) stream.receive(hello(id))
    expect(unread(stage)).toBe(3)
    stream.receive(event(item('two')))
    expect(unread(stage)).toBe(1)
    stream.receive(event(item('three')))
    expect(stage.events('conversation.changed').at(-1)?.conversation).toMatchObject({ unreadCount: 0 })
  })

  test('only moves forward, and an id that is not here changes nothing', async () => {
    const stage = setStage()
    const stream = await start(stage)
    for (const id of ['one', 'two']) stream.receive(hello(id))
    stream.receive(event(item('two')))
    stream.receive(hello('three'))
    stream.receive(event(item('one')))
    stream.receive(event(item('unknown')))
    expect(unread(stage)).toBe(1)
  })

  test('while we were away is read at sign-in', async () => {
    const stage = setStage()
    ;(await start(stage)).receive(hello('one'))
    expect(unread(stage)).toBe(1)
    const next = setStage({ storage: stage.storage })
    await start(next, item('one'))
    expect(unread(next)).toBe(0)
  })

  test('before the message is here is read as soon as it comes, with all before it', async () => {
    const stage = setStage()
    const stream = await start(stage, item('two'))
    stream.receive(hello('one'))
    expect(unread(stage)).toBe(1)
    stream.receive(hello('two'))
    expect(unread(stage)).toBe(0)
    stream.receive(hello('three'))
    expect(unread(stage)).toBe(1)
  })
})
