/** Receipts and markers that speak of, or come by, other devices of ours (XEP-0280), in any order. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryStorage } from '../../helpers/memory-storage.ts'
import type { FakeStream } from '../../helpers/fake-stream.ts'
import { JULIET, jid, NOW, ROMEO, setStage, settle, startOnline, type Stage } from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const FRIEND = `<item jid='${JULIET}' subscription='both'/>`
const PHONE = `${ROMEO}/phone`
const BALCONY = `${JULIET}/balcony`

function carbon(kind: 'sent' | 'received', from: string, to: string, id: string, content: string): string {
  return `<message from='${ROMEO}' to='${ROMEO}/Linnet.test'><${kind} xmlns='urn:xmpp:carbons:2'>
    <forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' from='${from}' to='${to}' type='chat'
      id='${id}'>${content}</message></forwarded></${kind}></message>`
}
const said = (id: string): string => carbon('sent', PHONE, JULIET, id, `<body>words ${id}</body>`)
const received = (id: string): string => `<received xmlns='urn:xmpp:receipts' id='${id}'/>`
const displayed = (id: string): string => `<displayed xmlns='urn:xmpp:chat-markers:0' id='${id}'/>`
const live = (content: string): string => `<message from='${BALCONY}' type='chat'>${content}</message>`
const wants = (id: string): string =>
  `<body>${id}</body><request xmlns='urn:xmpp:receipts'/><markable xmlns='urn:xmpp:chat-markers:0'/>`

function known(stage: Stage): readonly string[] {
  const { messages } = stage.app.pageMessages({ conversationId: 1, limit: 50 })
  return messages.map(({ state, deliveredAt, displayedAt }) =>
    displayedAt !== undefined ? 'displayed' : deliveredAt !== undefined ? 'delivered' : state,
  )
}
const told = (stream: FakeStream) =>
  stream.sent().filter((each) => each.getChild('displayed') ?? each.getChild('received'))

async function begin(): Promise<{ stage: Stage; stream: FakeStream }> {
  const stage = setStage()
  const stream = await startOnline(stage, FRIEND)
  stage.app.openConversation({ accountId: 1, jid: JULIET })
  stream.sent()
  return { stage, stream }
}

describe('what was said elsewhere', () => {
  test('is marked by a receipt and a marker that came before it', async () => {
    const { stage, stream } = await begin()
    stream.receive(live(received('p1')))
    stream.receive(live(displayed('p2')))
    expect(known(stage)).toEqual([])
    await settle(1000)
    stream.receive(said('p1'))
    expect(known(stage)).toEqual(['delivered'])
    stream.receive(said('p2'))
    expect(known(stage)).toEqual(['displayed', 'displayed'])
    const changed = stage.events('message.changed').map(({ message }) => message)
    expect(changed.at(-1)).toMatchObject({ body: 'words p2', displayedAt: NOW })
  })

  test('is marked by what came to the other device as a carbon', async () => {
    const { stage, stream } = await begin()
    stream.receive(said('p1'))
    stream.receive(carbon('received', BALCONY, PHONE, 'r1', received('p1')))
    expect(known(stage)).toEqual(['delivered'])
    stream.receive(carbon('received', BALCONY, PHONE, 'r2', displayed('p1')))
    expect(known(stage)).toEqual(['displayed'])
  })

  test('S5: is not marked by a third party that was first', async () => {
    const { stage, stream } = await begin()
    stage.app.openConversation({ accountId: 1, jid: jid('mallory@evil.example') })
    stream.receive(live(displayed('p1')).replace(BALCONY, 'mallory@evil.example/x'))
    stream.receive(said('p1'))
    expect(known(stage)).toEqual(['sent'])
  })
})

describe('what came to another device', () => {
  test('gets its receipt from that one', async () => {
    const { stream } = await begin()
    stream.receive(carbon('received', BALCONY, PHONE, 'm1', wants('m1')))
    expect(told(stream)).toEqual([])
  })

  test('and was displayed there gets no second marker from here', async () => {
    const { stage, stream } = await begin()
    stream.receive(live(wants('m1')).replace(`type='chat'`, `type='chat' id='m1'`))
    stream.sent()
    stream.receive(carbon('sent', PHONE, JULIET, 'd1', displayed('m1')))
    stage.app.markRead(1)
    expect(told(stream)).toEqual([])
  })
})

test('what waits for messages that never come fills no disk', () => {
  const storage = createMemoryStorage()
  const { id } = storage.insertAccount({
    jid: ROMEO,
    enabled: true,
    resource: 'x',
    remember: true,
    security: 'automatic',
  })
  const named = (n: number) => ({ accountId: id, counterpart: JULIET, messageId: `m${n}` })
  for (let n = 0; n < 1500; n++) storage.keepWaitingReceipt(named(n), { kind: 'delivered', at: n })
  const kept = Array.from({ length: 1500 }, (_, n) => storage.takeWaitingReceipts(named(n)).length)
  expect(kept.slice(0, 400).every((count) => count === 0)).toBe(true)
  expect(kept.slice(-1000).every((count) => count === 1)).toBe(true)
})
