/** Incoming messages: XML in, rows and events out. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Message } from '../../src-main/model/message.ts'
import { JULIET, NOW, ROMEO, setStage, startOnline, type Stage } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

function rows(stage: Stage): readonly Message[] {
  return stage.app
    .state()
    .conversations.flatMap(({ id }) => stage.app.pageMessages({ conversationId: id, limit: 50 }).messages)
}

describe('a chat message', () => {
  test('is in the database before its listener returns, and announced after it', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stage.eventNames()
    stream.receive(
      `<message from='juliet@capulet.example/balcony' type='chat' id='m1'><body>Art thou?</body></message>`,
    )
    expect(rows(stage)).toMatchObject([
      { direction: 'in', sender: JULIET, body: 'Art thou?', state: 'received', sentAt: NOW },
    ])
    expect(stage.eventNames()).toEqual(['conversation.changed', 'message.added'])
    expect(stage.events('conversation.changed').at(-1)?.conversation).toMatchObject({
      counterpart: JULIET,
      unreadCount: 1,
      last: { body: 'Art thou?' },
    })
  })

  test.each([
    ['groupchat', `<message from='room@muc.example/nick' type='groupchat'><body>hi</body></message>`],
    ['no body', `<message from='juliet@capulet.example' type='chat'><active xmlns='x'/></message>`],
    ['blank body', `<message from='juliet@capulet.example' type='chat'><body>   </body></message>`],
    [
      'a body of another namespace',
      `<message from='juliet@capulet.example' type='chat'><body xmlns='evil'>hi</body></message>`,
    ],
    ['malformed sender', `<message from='@@' type='chat'><body>hi</body></message>`],
  ])('is left out: %s', async (_what, stanza) => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stage.eventNames()
    stream.receive(stanza)
    expect(stage.app.state().conversations).toEqual([])
    expect(stage.eventNames()).toEqual([])
  })

  test('of another device of ours to ourselves is our own: out, read, no notification', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(`<message from='${ROMEO}/phone' type='chat' id='n1'><body>buy poison</body></message>`)
    expect(rows(stage)).toMatchObject([{ direction: 'out', state: 'sent', sender: ROMEO }])
    expect(stage.app.state().conversations).toMatchObject([{ counterpart: ROMEO, unreadCount: 0 }])
  })

  test('that we sent to ourselves comes back as no second one', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const { id } = stage.app.openConversation({ accountId: 1, jid: ROMEO })
    stage.app.sendMessage({ conversationId: id, body: 'note' })
    const [sent] = stream.sent()
    stream.receive(String(sent).replace('<message', `<message from='${ROMEO}/Linnet.test'`))
    expect(rows(stage)).toHaveLength(1)
  })
})

describe('the same message twice', () => {
  const stanza = (id: string, body = 'once') =>
    `<message from='juliet@capulet.example/balcony' type='chat' id='${id}'><body>${body}</body></message>`

  test('is one row and one announcement', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(stanza('m1'))
    stream.receive(stanza('m1'))
    expect(rows(stage)).toHaveLength(1)
    expect(stage.events('message.added')).toHaveLength(1)
  })

  test('also from offline storage after a crash between our commit and our acknowledgement', async () => {
    const before = setStage()
    ;(await startOnline(before)).receive(stanza('m1'))
    const after = setStage({ storage: before.storage })
    const stream = await startOnline(after)
    stream.receive(
      stanza('m1').replace(
        '<body>',
        `<delay xmlns='urn:xmpp:delay' from='montague.example' stamp='2026-11-21T11:59:59Z'/><body>`,
      ),
    )
    expect(rows(after)).toHaveLength(1)
  })

  test('of two senders with one id is two', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(stanza('m1'))
    stream.receive(`<message from='nurse@capulet.example' type='chat' id='m1'><body>once</body></message>`)
    expect(rows(stage)).toHaveLength(2)
  })

  test('an id that is used again for other words is another message', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(stanza('1', 'first'))
    stream.receive(stanza('1', 'second'))
    expect(rows(stage).map(({ body }) => body)).toEqual(['first', 'second'])
  })
})

describe('a message that is sent again', () => {
  const said = (body: string, ...stamps: readonly string[]) =>
    `<message from='juliet@capulet.example/y' type='chat' id='${body}'><body>${body}</body>${stamps.join('')}</message>`
  const own = "<delay xmlns='urn:xmpp:delay' from='montague.example' stamp='2026-11-21T11:59:00Z'/>"
  const juliets = "<delay xmlns='urn:xmpp:delay' stamp='2026-11-21T11:50:00Z'/>"

  test('comes after what its sender said before, and tells when it was written', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(said('first', own))
    stream.receive(said('second', juliets))
    expect(rows(stage).map(({ body }) => body)).toEqual(['first', 'second'])
    expect(rows(stage)[1]?.sentAt).toBe(NOW - 600_000)
  })

  test('and was then kept for us: our server’s stamp is for its place, its sender’s for its time', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(said('first', own.replace('11:59:00', '11:55:00')))
    stream.receive(said('second', juliets, own))
    expect(rows(stage).map(({ body }) => body)).toEqual(['first', 'second'])
    expect(rows(stage)[1]?.sentAt).toBe(NOW - 600_000)
  })
})

describe('the time of a delayed message', () => {
  const HOUR_AGO = '2026-11-21T11:00:00Z'
  const delayed = (from: string, stamp: string) =>
    `<message from='juliet@capulet.example/balcony' type='chat'><body>late</body>
      <delay xmlns='urn:xmpp:delay' ${from} stamp='${stamp}'/></message>`

  test.each([
    ['our server', `from='montague.example'`],
    ['our account', `from='romeo@montague.example'`],
    ["the sender's server", `from='capulet.example'`],
    ['the sender', `from='juliet@capulet.example/balcony'`],
    ['nobody named, so the sender', ''],
  ])('is the stamp by %s', async (_who, from) => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(delayed(from, HOUR_AGO))
    expect(rows(stage)[0]?.sentAt).toBe(NOW - 3_600_000)
  })

  test.each([
    ['a stranger', `from='evil.example'`, HOUR_AGO],
    ['a future', `from='montague.example'`, '2027-01-01T00:00:00Z'],
    ['the year 0', `from='montague.example'`, '0000-01-01T00:00:00Z'],
    ['the year 99999', `from='montague.example'`, '99999-01-01T00:00:00Z'],
    ['nonsense', `from='montague.example'`, 'yesterday'],
  ])('is now when the stamp is by or of %s', async (_what, from, stamp) => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(delayed(from, stamp))
    expect(rows(stage)[0]?.sentAt).toBe(NOW)
  })
})

describe('a stamp in whole seconds, or by a clock that is not ours', () => {
  const said = (body: string, stamp?: string) =>
    `<message from='juliet@capulet.example/balcony' type='chat' id='${body}'><body>${body}</body>${
      stamp === undefined ? '' : `<delay xmlns='urn:xmpp:delay' from='montague.example' stamp='${stamp}'/>`
    }</message>`

  test('does not put a message before the one that came before it', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    vi.setSystemTime(NOW + 700)
    stream.receive(said('first'))
    vi.setSystemTime(NOW + 1500)
    stream.receive(said('second', new Date(NOW).toISOString()))
    stream.receive(said('third', new Date(NOW - 5000).toISOString()))
    expect(rows(stage).map(({ body }) => body)).toEqual(['first', 'second', 'third'])
    expect(rows(stage).at(-1)?.sentAt).toBe(NOW + 700)
  })

  test('that is older than clocks differ is the message’s true place', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    vi.setSystemTime(NOW + 1)
    stream.receive(said('now'))
    stream.receive(said('before', new Date(NOW - 11_000).toISOString()))
    expect(rows(stage).map(({ body }) => body)).toEqual(['before', 'now'])
  })
})

test('what the server kept is in the order of its stamps, whatever order it comes in', async () => {
  const stage = setStage()
  const stream = await startOnline(stage)
  for (const seconds of [3, 1, 2]) {
    const stamp = new Date(NOW - 10_000 + seconds * 1000).toISOString()
    stream.receive(`<message from='juliet@capulet.example/balcony' type='chat' id='${seconds}'>
      <body>${seconds}</body><delay xmlns='urn:xmpp:delay' from='montague.example' stamp='${stamp}'/></message>`)
  }
  expect(rows(stage).map(({ body }) => body)).toEqual(['1', '2', '3'])
})

describe('an error', () => {
  const ERROR = `<error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>
    <text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>nobody home</text></error>`

  async function withSent(): Promise<{ stage: Stage; id: string; receive: (from: string) => void }> {
    const stage = setStage()
    const stream = await startOnline(stage)
    const conversation = stage.app.openConversation({ accountId: 1, jid: JULIET })
    stage.app.sendMessage({ conversationId: conversation.id, body: 'hello' })
    const id = String(stream.sent()[0]?.attrs['id'])
    stream.ack()
    const receive = (from: string): void =>
      stream.receive(`<message type='error' id='${id}' ${from}><body>hello</body>${ERROR}</message>`)
    return { stage, id, receive }
  }

  test.each([
    ['the counterpart', `from='juliet@capulet.example'`],
    ['a device of the counterpart', `from='juliet@capulet.example/balcony'`],
    ['our server', `from='montague.example'`],
    ['our account, unnamed', ''],
  ])('from %s marks the message that it answers, and is no message itself', async (_who, from) => {
    const { stage, receive } = await withSent()
    receive(from)
    expect(rows(stage)).toMatchObject([
      { state: 'failed', error: { condition: 'service-unavailable', text: 'nobody home' } },
    ])
    expect(stage.events('message.changed').at(-1)?.message.state).toBe('failed')
    expect(stage.events('conversation.changed').at(-1)?.conversation.last?.state).toBe('failed')
  })

  test.each([
    ['a stranger', `from='mallory@evil.example'`],
    ["the counterpart's server", `from='capulet.example'`],
    ['a neighbour at our server', `from='tybalt@montague.example'`],
  ])('from %s marks nothing', async (_who, from) => {
    const { stage, receive } = await withSent()
    receive(from)
    expect(rows(stage)).toMatchObject([{ state: 'sent' }])
  })

  test('without an id, or to nothing of ours, is dropped', async () => {
    const { stage } = await withSent()
    stage.stream().receive(`<message type='error' from='juliet@capulet.example'>${ERROR}</message>`)
    stage
      .stream()
      .receive(`<message type='error' id='other' from='juliet@capulet.example'>${ERROR}</message>`)
    expect(rows(stage)).toHaveLength(1)
  })

  test('an acknowledgement that comes after it does not undo it', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const { id } = stage.app.openConversation({ accountId: 1, jid: JULIET })
    stage.app.sendMessage({ conversationId: id, body: 'hello' })
    const messageId = String(stream.sent()[0]?.attrs['id'])
    stream.receive(`<message type='error' id='${messageId}' from='juliet@capulet.example'>${ERROR}</message>`)
    stream.ack()
    expect(rows(stage)).toMatchObject([{ state: 'failed' }])
  })
})
