/** Own messages: stored first, sent once, in order, whatever happens to the stream between sending and acknowledgement. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { UserError } from '../../src-main/contract/errors.ts'
import type { Message } from '../../src-main/model/message.ts'
import {
  answerRoster,
  attributes,
  bodies,
  JULIET,
  NOW,
  only,
  phase,
  ROMEO,
  setStage,
  settle,
  startOnline,
} from './stage.ts'
import type { Stage } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

function open(stage: Stage): number {
  return stage.app.openConversation({ accountId: 1, jid: JULIET }).id
}

function say(stage: Stage, ...words: readonly string[]): readonly Message[] {
  const conversationId = open(stage)
  return words.map((body) => stage.app.sendMessage({ conversationId, body }))
}

function states(stage: Stage): readonly string[] {
  return stage.app.pageMessages({ conversationId: open(stage), limit: 50 }).messages.map(({ state }) => state)
}

/** After a lost stream: the next one, online. Returns what was sent on it. */
async function nextStream(stage: Stage) {
  await settle(2000)
  return answerRoster(stage.stream())
}

describe('a message that is sent online', () => {
  test('is stored as pending, goes out to the bare address, and is sent once acknowledged', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const [message] = say(stage, 'But soft!')
    expect(message).toMatchObject({ state: 'pending', direction: 'out', sender: ROMEO, sentAt: NOW })
    const sent = only(stream.sent(), 'message')
    expect(sent.attrs).toMatchObject({ to: JULIET, type: 'chat' })
    expect(sent.getChild('origin-id', 'urn:xmpp:sid:0')?.attrs['id']).toBe(sent.attrs['id'])
    stream.ack()
    expect(states(stage)).toEqual(['sent'])
    expect(stage.events('message.changed').at(-1)?.message).toMatchObject({ id: message?.id, state: 'sent' })
    expect(stage.events('conversation.changed').at(-1)?.conversation.last?.state).toBe('sent')
  })

  test('is announced after it is stored and before it can be answered', async () => {
    const stage = setStage()
    await startOnline(stage)
    open(stage)
    stage.eventNames()
    say(stage, 'hello')
    expect(stage.eventNames()).toEqual(['conversation.changed', 'message.added'])
  })

  test('is not handed to one stream twice while the acknowledgement is out', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    say(stage, 'one')
    say(stage, 'two')
    expect(bodies(stream.sent())).toEqual(['one', 'two'])
  })

  test('clears the draft that it was, and reads the conversation', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(`<message from='${JULIET}' type='chat'><body>Art thou?</body></message>`)
    const conversationId = open(stage)
    stage.app.setDraft(conversationId, 'But so')
    stage.app.sendMessage({ conversationId, body: 'But soft!' })
    expect(stage.app.state().conversations).toMatchObject([{ draft: '', unreadCount: 0 }])
  })

  test('leaves another draft alone', async () => {
    const stage = setStage()
    await startOnline(stage)
    const conversationId = open(stage)
    stage.app.setDraft(conversationId, 'a long letter')
    stage.app.sendMessage({ conversationId, body: 'ok' })
    expect(stage.app.state().conversations).toMatchObject([{ draft: 'a long letter' }])
  })

  test('to a conversation that is not there is refused', () => {
    const stage = setStage()
    expect(() => stage.app.sendMessage({ conversationId: 99, body: 'hello' })).toThrow(UserError)
  })
})

describe('messages typed offline', () => {
  test('go out after connecting: once, in order, after presence', async () => {
    const stage = setStage()
    say(stage, 'one', 'two', 'three')
    stage.app.start()
    await settle()
    const sent = await answerRoster(stage.stream())
    const names = sent.map((element) => element.getName()).filter((name) => name !== 'iq')
    expect(names).toEqual(['presence', 'message', 'message', 'message'])
    expect(bodies(sent)).toEqual(['one', 'two', 'three'])
    stage.stream().ack()
    stage.stream().drop()
    expect(bodies(await nextStream(stage))).toEqual([])
  })

  test('go out at the next start of the program', async () => {
    const before = setStage()
    say(before, 'one', 'two')
    const after = setStage({ storage: before.storage })
    after.app.start()
    await settle()
    expect(bodies(await answerRoster(after.stream()))).toEqual(['one', 'two'])
  })

  test('while contacts load wait for their turn', async () => {
    const stage = setStage()
    stage.app.start()
    await settle()
    say(stage, 'early')
    const sent = await answerRoster(stage.stream())
    expect(bodies(sent)).toEqual(['early'])
  })
})

describe('when the stream dies between sending and acknowledgement', () => {
  test('and cannot be resumed, what is unacknowledged goes out again: same ids, once, in order', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    say(stage, 'one', 'two', 'three')
    const first = stream.sent()
    stream.ack(String(first[0]?.attrs['id']))
    stream.drop()
    expect(states(stage)).toEqual(['sent', 'pending', 'pending'])
    const again = (await nextStream(stage)).filter((element) => element.is('message'))
    expect(bodies(again)).toEqual(['two', 'three'])
    expect(attributes(again, 'id')).toEqual(attributes(first.slice(1), 'id'))
    stage.stream().ack()
    expect(states(stage)).toEqual(['sent', 'sent', 'sent'])
  })

  test('and is resumed, the stream itself sends them again: the outbox does not', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    say(stage, 'one')
    stream.sent()
    stream.interrupt()
    say(stage, 'two', 'three')
    expect(stream.sent()).toEqual([])
    stream.resume()
    expect(bodies(stream.sent())).toEqual(['two', 'three'])
    stream.ack()
    expect(states(stage)).toEqual(['sent', 'sent', 'sent'])
  })

  test('while it is being resumed and that fails, all go out on the next stream in order', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    say(stage, 'one')
    stream.interrupt()
    say(stage, 'two')
    stream.drop()
    expect(bodies(await nextStream(stage))).toEqual(['one', 'two'])
  })

  test('while going offline by choice, the next log-in sends what was left', async () => {
    const stage = setStage()
    await startOnline(stage)
    say(stage, 'one')
    stage.app.setPresence({ show: 'offline', status: '' })
    await settle()
    say(stage, 'two')
    stage.app.setPresence({ show: 'online', status: '' })
    await settle()
    expect(bodies(await answerRoster(stage.stream()))).toEqual(['one', 'two'])
  })
})

describe('a message that failed', () => {
  async function failed() {
    const stage = setStage()
    const stream = await startOnline(stage)
    const [message] = say(stage, 'hello')
    const id = String(only(stream.sent(), 'message').attrs['id'])
    stream.receive(`<message type='error' from='${JULIET}' id='${id}'><error type='wait'/></message>`)
    expect(states(stage)).toEqual(['failed'])
    return { stage, stream, id, messageId: message?.id ?? 0 }
  }

  test('is not sent again by itself', async () => {
    const { stage, stream } = await failed()
    stream.drop()
    expect(bodies(await nextStream(stage))).toEqual([])
  })

  test('goes out again with the same id when retried, also on the same stream', async () => {
    const { stage, stream, id, messageId } = await failed()
    stage.app.retryMessage(messageId)
    expect(states(stage)).toEqual(['pending'])
    expect(only(stream.sent(), 'message').attrs['id']).toBe(id)
    stream.ack()
    expect(states(stage)).toEqual(['sent'])
  })

  test('is gone when discarded', async () => {
    const { stage, messageId } = await failed()
    stage.app.discardMessage(messageId)
    expect(states(stage)).toEqual([])
    expect(stage.events('message.removed')).toEqual([{ conversationId: open(stage), messageId }])
  })

  test('retried or discarded is only that: not a pending, sent or received one', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const [message] = say(stage, 'hello')
    stream.receive(`<message from='${JULIET}' type='chat'><body>hi</body></message>`)
    const received = stage.events('message.added').at(-1)?.message.id ?? 0
    for (const id of [message?.id ?? 0, received, 999]) {
      expect(() => stage.app.discardMessage(id)).toThrow('not-found')
      expect(() => stage.app.retryMessage(id)).toThrow('not-found')
    }
    expect(phase(stage)).toBe('online')
  })
})

describe('a body that servers would end the stream for', () => {
  test.each([
    ['markup, which takes five times its length', '&'.repeat(65_536)],
    ['more of it than fits by a little', '<'.repeat(60_000)],
  ])('is refused before it is stored: %s', async (_name, body) => {
    const stage = setStage()
    const stream = await startOnline(stage)
    expect(() => say(stage, body)).toThrow(new UserError({ code: 'message-too-long' }))
    expect(states(stage)).toEqual([])
    say(stage, 'in parts')
    expect(bodies(stream.sent())).toEqual(['in parts'])
  })

  test('the longest of Chinese and of emoji go out', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const longest = ['永'.repeat(65_536), '🌹'.repeat(32_768)]
    say(stage, ...longest)
    expect(bodies(stream.sent())).toEqual(longest)
  })
})
