/** Single messages that the user writes: stored first, then sent, as chat messages are. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  NOW,
  JULIET,
  ROMEO,
  answerRoster,
  attributes,
  bodies,
  jid,
  setStage,
  settle,
  startOnline,
} from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const letter = { accountId: 1, to: JULIET, subject: 'Tonight', body: 'Under the balcony' }

test('goes out as it was written, with a thread of its own, and is sent when the server has it', async () => {
  const stage = setStage()
  const stream = await startOnline(stage)
  const message = stage.app.sendSingle(letter)
  const [sent] = stream.sent()
  const id = String(sent?.attrs['id'])
  expect(sent?.attrs).toMatchObject({ to: JULIET, type: 'normal' })
  expect(sent?.getChildText('subject')).toBe('Tonight')
  expect(sent?.getChildText('body')).toBe('Under the balcony')
  expect(sent?.getChild('origin-id')?.attrs['id']).toBe(id)
  expect(message).toMatchObject({ state: 'pending', unread: false, direction: 'out' })
  expect(sent?.getChildText('thread')).toBe(message.thread?.id)
  expect(message.thread?.id).not.toBe(id)
  stream.ack()
  expect(stage.app.getSingle(message.id)).toMatchObject({ state: 'sent' })
  expect(stage.events('single.changed').at(-1)?.message).toMatchObject({ id: message.id, state: 'sent' })
})

test('without a subject there is no subject element', async () => {
  const stage = setStage()
  const stream = await startOnline(stage)
  stage.app.sendSingle({ ...letter, subject: '' })
  expect(stream.sent()[0]?.getChild('subject')).toBeUndefined()
})

test('a reply goes to the bare address and keeps the thread with its parent', async () => {
  const stage = setStage()
  const stream = await startOnline(stage)
  stream.receive(
    `<message from='${JULIET}/balcony'><subject>s</subject><body>b</body><thread parent='p'>t</thread></message>`,
  )
  const [{ id } = { id: 0 }] = stage.app.state().inbox.messages
  const reply = stage.app.sendSingle({ ...letter, subject: 'Re: s', replyTo: id })
  expect(reply.thread).toEqual({ id: 't', parent: 'p' })
  const thread = stream.sent()[0]?.getChild('thread')
  expect([thread?.getText(), thread?.attrs['parent']]).toEqual(['t', 'p'])
})

test('a reply gives away no thread of another account', async () => {
  const stage = setStage({ accounts: [ROMEO, jid('paris@verona.example')] })
  await startOnline(stage)
  stage.connect.streams[0]?.receive(
    `<message from='${JULIET}'><body>b</body><thread>secret</thread></message>`,
  )
  const [{ id } = { id: 0 }] = stage.app.state().inbox.messages
  const reply = stage.app.sendSingle({ ...letter, accountId: 2, replyTo: id })
  expect(reply.thread?.id).not.toBe('secret')
})

describe('without a connection', () => {
  test('they wait, with chat messages in the order they were written, and go out once', async () => {
    const stage = setStage()
    const { id } = stage.app.openConversation({ accountId: 1, jid: JULIET })
    const write = (what: 'chat' | 'single', body: string): void => {
      vi.advanceTimersByTime(1000)
      if (what === 'chat') stage.app.sendMessage({ conversationId: id, body })
      else stage.app.sendSingle({ ...letter, body })
    }
    write('single', 'one')
    write('chat', 'two')
    write('single', 'three')
    write('single', 'four')
    write('chat', 'five')
    write('single', 'six')
    stage.app.start()
    await settle()
    const out = await answerRoster(stage.stream())
    expect(bodies(out)).toEqual(['one', 'two', 'three', 'four', 'five', 'six'])
    stage.app.sendSingle({ ...letter, body: 'seven' })
    expect(bodies(stage.stream().sent())).toEqual(['seven'])
  })

  test('what a stream did not get acknowledged goes out again on the next, under its id', async () => {
    const stage = setStage()
    const first = await startOnline(stage)
    stage.app.sendSingle(letter)
    const before = first.sent()
    first.drop()
    await settle(5000)
    const again = await answerRoster(stage.stream())
    expect(
      attributes(
        again.filter((element) => element.is('message')),
        'id',
      ),
    ).toEqual(attributes(before, 'id'))
  })
})

test('one that failed says why, goes out again at Retry, and can be deleted', async () => {
  const stage = setStage()
  const stream = await startOnline(stage)
  const { id } = stage.app.sendSingle(letter)
  const stanzaId = String(stream.sent()[0]?.attrs['id'])
  expect(() => stage.app.deleteSingle(id)).toThrow(/not-found/)
  expect(() => stage.app.retrySingle(id)).toThrow(/not-found/)
  stream.receive(`<message from='${JULIET}' type='error' id='${stanzaId}'><error type='cancel'>
    <service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`)
  expect(stage.app.getSingle(id)).toMatchObject({
    state: 'failed',
    error: { condition: 'service-unavailable', text: '' },
  })
  stream.ack()
  expect(stage.app.getSingle(id).state).toBe('failed')
  stage.app.retrySingle(id)
  expect(attributes(stream.sent(), 'id')).toEqual([stanzaId])
  expect(stage.app.getSingle(id)).not.toHaveProperty('error')
  stream.ack()
  stage.app.deleteSingle(id)
  expect(stage.app.state().inbox.messages).toEqual([])
})

test('longer than servers take it is refused and nothing is stored', async () => {
  const stage = setStage()
  const stream = await startOnline(stage)
  const body = '<'.repeat(60_001)
  expect(() => stage.app.sendSingle({ ...letter, body })).toThrow(/message-too-long/)
  expect(stream.sent()).toEqual([])
  expect(stage.app.state().inbox.messages).toEqual([])
})

test('to oneself it comes back as no second one', async () => {
  const stage = setStage()
  const stream = await startOnline(stage)
  stage.app.sendSingle({ ...letter, to: ROMEO })
  const [sent] = stream.sent()
  stream.receive(String(sent).replace('<message', `<message from='${ROMEO}/Linnet.test'`))
  expect(stage.app.state().inbox).toMatchObject({ messages: [{ direction: 'out' }], unreadCount: 0 })
  expect(stage.app.state().inbox.messages).toHaveLength(1)
})
