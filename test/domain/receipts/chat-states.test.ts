/** Chat states (XEP-0085): who hears that we type, and what is believed of others. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { GONE_AFTER_MS } from '../../../src-main/domain/receipts/chat-states.ts'
import { TYPING_TIMEOUT_MS } from '../../../src-main/domain/receipts/typing-book.ts'
import { CHAT_STATES, type ChatState } from '../../../src-main/model/receipts.ts'
import type { FakeStream } from '../../helpers/fake-stream.ts'
import { JULIET, NOW, ROMEO, setStage, settle, startOnline, type Stage } from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const FRIEND = `<item jid='${JULIET}' subscription='both'/>`
const NS = 'http://jabber.org/protocol/chatstates'
const state = (name: string): string => `<${name} xmlns='${NS}'/>`
const available = `<presence from='${JULIET}/balcony'/>`

function from(sender: string, content: string, type = 'chat'): string {
  return `<message from='${sender}' type='${type}'>${content}</message>`
}
const says = (content: string, sender = `${JULIET}/balcony`): string =>
  from(sender, `<body>hi</body>${content}`)

/** The states told since the last call, with where they went. */
function told(stream: FakeStream): readonly string[] {
  return stream
    .sent()
    .filter((each) => each.is('message'))
    .map((each) => {
      const found = CHAT_STATES.find((name) => each.getChild(name, NS) !== undefined)
      return `${String(found)} ${String(each.attrs['to'])}`
    })
}

/** Juliet is there, and takes part in chat states by what she wrote. */
async function chatting(stage: Stage, item = FRIEND): Promise<FakeStream> {
  const stream = await startOnline(stage, item)
  stream.receive(available)
  stream.receive(says(state('active')))
  stream.sent()
  return stream
}

function does(stage: Stage, ...states: ChatState[]): void {
  for (const each of states) stage.app.setChatState(1, each)
}

describe('what we do', () => {
  test('is told where the other end takes part, each state once', async () => {
    const stage = setStage()
    const stream = await chatting(stage)
    does(stage, 'composing', 'composing', 'paused', 'composing', 'active', 'active')
    const to = `${JULIET}/balcony`
    expect(told(stream)).toEqual([`composing ${to}`, `paused ${to}`, `composing ${to}`, `active ${to}`])
  })

  test('is nothing to keep, and has the thread of the chat', async () => {
    const stage = setStage()
    const stream = await chatting(stage)
    stage.app.sendMessage({ conversationId: 1, body: 'hi' })
    const thread = stream.sent()[0]?.getChildText('thread')
    does(stage, 'composing')
    const [sent] = stream.sent()
    expect(sent?.getChildText('thread')).toBe(thread)
    expect(sent?.getChild('no-store', 'urn:xmpp:hints')).toBeDefined()
    expect(sent?.getChildElements().map((child) => child.getName())).toEqual([
      'composing',
      'thread',
      'no-store',
    ])
  })

  test('is "active" with each message, after which typing is news again', async () => {
    const stage = setStage()
    const stream = await chatting(stage)
    does(stage, 'composing')
    stage.app.sendMessage({ conversationId: 1, body: 'hi' })
    does(stage, 'composing')
    expect(told(stream).map((each) => each.split(' ')[0])).toEqual(['composing', 'active', 'composing'])
  })

  test('is told of nobody who only opens and leaves a conversation', async () => {
    const stage = setStage()
    const stream = await chatting(stage)
    does(stage, 'active', 'paused', 'inactive', 'gone')
    expect(told(stream)).toEqual([])
  })

  test('ends in "gone" when the user stays away', async () => {
    const stage = setStage()
    const stream = await chatting(stage)
    does(stage, 'composing', 'inactive')
    await settle(GONE_AFTER_MS)
    does(stage, 'inactive')
    expect(told(stream).map((each) => each.split(' ')[0])).toEqual(['composing', 'inactive', 'gone'])
  })

  test('is not "gone" for who came back', async () => {
    const stage = setStage()
    const stream = await chatting(stage)
    does(stage, 'composing', 'inactive', 'active')
    await settle(GONE_AFTER_MS)
    expect(told(stream).map((each) => each.split(' ')[0])).toEqual(['composing', 'inactive', 'active'])
  })

  test('before any answer: messages say that we take part, and typing is not told (§5.1)', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, FRIEND)
    stream.receive(available)
    stage.app.openConversation({ accountId: 1, jid: JULIET })
    stream.sent()
    does(stage, 'composing')
    stage.app.sendMessage({ conversationId: 1, body: 'hi' })
    expect(told(stream)).toEqual([`active ${JULIET}`])
  })

  test('an answer without a state ends it, one with a state begins it again (§5.1)', async () => {
    const stage = setStage()
    const stream = await chatting(stage)
    stream.receive(says(''))
    does(stage, 'composing')
    stage.app.sendMessage({ conversationId: 1, body: 'hi' })
    expect(told(stream)).toEqual([`undefined ${JULIET}/balcony`])
    stream.receive(says(state('active')))
    does(stage, 'composing')
    expect(told(stream)).toEqual([`composing ${JULIET}/balcony`])
  })

  test('is not told to who is not there', async () => {
    const stage = setStage()
    const stream = await chatting(stage)
    stream.receive(`<presence type='unavailable' from='${JULIET}/balcony'/>`)
    does(stage, 'composing')
    expect(told(stream)).toEqual([])
  })

  test('in a conversation that is gone is nothing, and no fault', async () => {
    const stage = setStage()
    const stream = await chatting(stage)
    stage.app.setChatState(99, 'inactive')
    expect(told(stream)).toEqual([])
  })

  test('is forgotten where the stream can take nothing', async () => {
    const stage = setStage()
    const stream = await chatting(stage)
    stream.interrupt()
    does(stage, 'composing')
    stream.resume()
    expect(told(stream)).toEqual([])
  })
})

describe('S19: a chat state', () => {
  test.each([
    ['a stranger', ''],
    ['a contact that does not see us', `<item jid='${JULIET}' subscription='to'/>`],
  ])('never goes to %s', async (_who, item) => {
    const stage = setStage()
    const stream = await chatting(stage, item)
    does(stage, 'composing')
    stage.app.sendMessage({ conversationId: 1, body: 'hi' })
    expect(told(stream).map((each) => each.split(' ')[0])).toEqual(['undefined'])
  })

  test('goes to nobody once the user says no', async () => {
    const stage = setStage()
    const stream = await chatting(stage)
    stage.app.setSettings({ tellTyping: false })
    stream.sent()
    does(stage, 'composing')
    stage.app.sendMessage({ conversationId: 1, body: 'hi' })
    expect(told(stream).map((each) => each.split(' ')[0])).toEqual(['undefined'])
  })
})

describe('who types', () => {
  const typing = (stage: Stage): number => stage.app.state().typing.length
  const starts = (stage: Stage) => stage.events('typing.changed').map((each) => each.typing)

  test('is shown until a message comes', async () => {
    const stage = setStage()
    const stream = await chatting(stage)
    stream.receive(from(`${JULIET}/balcony`, state('composing')))
    expect(stage.app.state().typing).toEqual([{ accountId: 1, jid: JULIET }])
    stream.receive(says(state('active')))
    expect(typing(stage)).toBe(0)
    expect(starts(stage)).toEqual([true, false])
  })

  test.each(['active', 'paused', 'inactive', 'gone'])('is shown until "%s"', async (end) => {
    const stage = setStage()
    const stream = await chatting(stage)
    stream.receive(from(`${JULIET}/balcony`, state('composing')))
    stream.receive(from(`${JULIET}/balcony`, state(end)))
    expect(typing(stage)).toBe(0)
  })

  test('is shown until the device is gone, or the stream', async () => {
    const stage = setStage()
    const stream = await chatting(stage)
    stream.receive(from(`${JULIET}/balcony`, state('composing')))
    stream.receive(`<presence type='unavailable' from='${JULIET}/balcony'/>`)
    expect(typing(stage)).toBe(0)
    stream.receive(from(`${JULIET}/balcony`, state('composing')))
    stream.drop()
    expect(typing(stage)).toBe(0)
  })

  test('is not shown for ever', async () => {
    const stage = setStage()
    const stream = await chatting(stage)
    stream.receive(from(`${JULIET}/balcony`, state('composing')))
    await settle(TYPING_TIMEOUT_MS - 1)
    expect(typing(stage)).toBe(1)
    await settle(1)
    expect(typing(stage)).toBe(0)
  })

  test('on two devices is one, until both have stopped', async () => {
    const stage = setStage()
    const stream = await chatting(stage)
    for (const device of ['balcony', 'phone']) stream.receive(from(`${JULIET}/${device}`, state('composing')))
    stream.receive(from(`${JULIET}/balcony`, state('paused')))
    expect(typing(stage)).toBe(1)
    stream.receive(from(`${JULIET}/phone`, state('paused')))
    expect(starts(stage)).toEqual([true, false])
  })

  test.each([
    ['an error', from(`${JULIET}/balcony`, state('composing'), 'error')],
    ['a room', from(`${JULIET}/balcony`, state('composing'), 'groupchat')],
    ['another device of ours', from(`${ROMEO}/phone`, state('composing'))],
    ['somebody without a conversation', from('mallory@evil.example/x', state('composing'))],
    [
      'long ago',
      from(
        `${JULIET}/balcony`,
        `${state('composing')}<delay xmlns='urn:xmpp:delay' from='montague.example' stamp='2026-11-21T11:00:00Z'/>`,
      ),
    ],
    ['a message with words', says(state('composing'))],
  ])('is not believed of %s', async (_whom, stanza) => {
    const stage = setStage()
    const stream = await chatting(stage)
    stream.receive(stanza)
    expect(typing(stage)).toBe(0)
  })

  test('of one who plays with devices fills no memory', async () => {
    const stage = setStage()
    const stream = await chatting(stage)
    for (let device = 0; device < 100; device++) {
      stream.receive(from(`${JULIET}/${device}`, state('composing')))
    }
    expect(vi.getTimerCount()).toBeLessThan(20)
  })
})
