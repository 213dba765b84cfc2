/** Sending later: when its time has come, once, whatever happens to the program and the clock meanwhile. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { StorageError, type Storage } from '../../../src-main/storage/storage.ts'
import { createMemoryStorage } from '../../helpers/memory-storage.ts'
import { enter, ROOM, said } from '../rooms/fake-room.ts'
import { bodies, JULIET, NOW, only, setStage, settle, startOnline, type Stage } from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const HOUR = 3_600_000

function schedule(stage: Stage, body: string, dueAt: number): number {
  const { id } = stage.app.openConversation({ accountId: 1, jid: JULIET })
  return stage.app.scheduleMessage({ conversationId: id, body, dueAt }).id
}
const waiting = (stage: Stage) => stage.app.state().scheduled.map(({ body }) => body)
const history = (stage: Stage) =>
  stage.app.pageMessages({ conversationId: 1, limit: 50 }).messages.map(({ body, state }) => [body, state])

describe('a scheduled message', () => {
  test('waits, is listed, and goes out when its time has come, and not before', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    schedule(stage, 'tomorrow', NOW + HOUR)
    expect(waiting(stage)).toEqual(['tomorrow'])
    await settle(HOUR - 1)
    expect(bodies(stream.sent())).toEqual([])
    await settle(1)
    expect(bodies(stream.sent())).toEqual(['tomorrow'])
    expect(waiting(stage)).toEqual([])
    expect(stage.app.pageMessages({ conversationId: 1, limit: 1 }).messages).toMatchObject([
      { body: 'tomorrow', state: 'pending', sentAt: NOW + HOUR },
    ])
    expect(stage.events('schedule.removed')).toEqual([{ scheduledId: 1, conversationId: 1 }])
  })

  test('goes in the order of their times, not of their writing', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    schedule(stage, 'third', NOW + 3)
    schedule(stage, 'first', NOW + 1)
    schedule(stage, 'second', NOW + 1)
    await settle(HOUR)
    expect(bodies(stream.sent())).toEqual(['first', 'second', 'third'])
  })

  test('due while offline waits for the connection, in its place', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    schedule(stage, 'later', NOW + HOUR)
    stream.interrupt()
    await settle(HOUR)
    stage.app.sendMessage({ conversationId: 1, body: 'typed' })
    expect(history(stage)).toEqual([
      ['later', 'pending'],
      ['typed', 'pending'],
    ])
    stream.resume()
    expect(bodies(stream.sent())).toEqual(['later', 'typed'])
  })

  test('due while the program was off goes at the next start, once', async () => {
    const before = setStage()
    await startOnline(before)
    schedule(before, 'later', NOW + HOUR)
    await before.app.stop()
    await settle(2 * HOUR)
    expect(waiting(before)).toEqual(['later'])
    const after = setStage({ storage: before.storage })
    const stream = await startOnline(after)
    expect(history(after)).toEqual([['later', 'pending']])
    stream.ack()
    const third = setStage({ storage: before.storage })
    await startOnline(third)
    expect(history(third)).toEqual([['later', 'sent']])
  })

  test('is sent by nothing that goes wrong between: it is either scheduled or pending', async () => {
    const storage = createMemoryStorage()
    let fails = true
    const failing: Storage = {
      ...storage,
      insertMessage(message) {
        if (fails) throw new StorageError('disk-full', 'no space')
        return storage.insertMessage(message)
      },
    }
    const stage = setStage({ storage: failing })
    const stream = await startOnline(stage)
    schedule(stage, 'later', NOW + 1000)
    await settle(1000)
    expect(waiting(stage)).toEqual(['later'])
    fails = false
    await settle(60_000)
    expect(waiting(stage)).toEqual([])
    expect(bodies(stream.sent())).toEqual(['later'])
  })

  test('leaves what is unread unread, and the draft alone', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    schedule(stage, 'later', NOW + 1000)
    stream.receive(`<message from='${JULIET}/x' type='chat' id='m1'><body>hi</body></message>`)
    stage.app.setDraft(1, 'later')
    await settle(1000)
    expect(stage.app.state().conversations).toMatchObject([{ unreadCount: 1, draft: 'later' }])
  })
})

describe('the clock', () => {
  test('set forward: it goes within a minute', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    schedule(stage, 'later', NOW + 24 * HOUR)
    vi.setSystemTime(NOW + 25 * HOUR)
    await settle(60_000)
    expect(bodies(stream.sent())).toEqual(['later'])
  })

  test('set back: it waits for the time that was said', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    schedule(stage, 'later', NOW + HOUR)
    vi.setSystemTime(NOW - HOUR)
    await settle(HOUR + 1000)
    expect(bodies(stream.sent())).toEqual([])
    await settle(HOUR)
    expect(bodies(stream.sent())).toEqual(['later'])
  })

  test('of a computer that slept: it goes when it wakes', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    schedule(stage, 'later', NOW + HOUR)
    vi.setSystemTime(NOW + 2 * HOUR)
    stage.app.wake()
    expect(bodies(stream.sent())).toEqual(['later'])
  })

  test('of the far future arms no timer that runs over', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    schedule(stage, 'never', 253_402_300_799_999)
    await settle(HOUR)
    expect(bodies(stream.sent())).toEqual([])
  })
})

describe('the user', () => {
  test('changes words and time', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const scheduledId = schedule(stage, 'later', NOW + HOUR)
    stage.app.changeScheduled({ scheduledId, body: 'sooner', dueAt: NOW + 1000 })
    await settle(1000)
    expect(bodies(stream.sent())).toEqual(['sooner'])
    await settle(HOUR)
    expect(bodies(stream.sent())).toEqual([])
  })

  test('sends it now, once', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const id = schedule(stage, 'later', NOW + HOUR)
    stage.app.sendScheduledNow(id)
    stage.app.sendScheduledNow(id)
    await settle(HOUR)
    expect(bodies(stream.sent())).toEqual(['later'])
  })

  test('takes it back', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stage.app.deleteScheduled(schedule(stage, 'later', NOW + HOUR))
    await settle(HOUR)
    expect(bodies(stream.sent())).toEqual([])
    expect(waiting(stage)).toEqual([])
  })

  test('is told when it was sent before the change', async () => {
    const stage = setStage()
    await startOnline(stage)
    const scheduledId = schedule(stage, 'now', NOW)
    expect(waiting(stage)).toEqual([])
    expect(() => stage.app.changeScheduled({ scheduledId, body: 'x', dueAt: NOW + 1 })).toThrow('not-found')
  })

  test('cannot schedule what servers would not take', async () => {
    const stage = setStage()
    await startOnline(stage)
    expect(() => schedule(stage, '\u{1f426}'.repeat(61_000), NOW + 1)).toThrow('message-too-long')
    expect(() => stage.app.scheduleMessage({ conversationId: 99, body: 'x', dueAt: NOW })).toThrow(
      'not-found',
    )
  })

  test('who removes the account removes what it was to send', async () => {
    const stage = setStage()
    await startOnline(stage)
    schedule(stage, 'later', NOW + HOUR)
    await stage.app.removeAccount(1)
    expect(waiting(stage)).toEqual([])
  })
})

describe('what goes along', () => {
  const link = { url: 'https://a.example/', title: 'A page', description: '', site: '' }

  test('with the words is kept until they go: what hides them, a card, what they answer', async () => {
    const storage = createMemoryStorage()
    const stage = setStage({ storage })
    const stream = await startOnline(stage)
    stream.receive(`<message from='${JULIET}/x' type='chat' id='asked'><body>Where?</body></message>`)
    stage.app.scheduleMessage({
      ...{ conversationId: 1, body: 'https://a.example/', dueAt: NOW + HOUR },
      ...{ replyTo: 1, spoiler: 'place', link },
    })
    expect(stage.app.state().scheduled).toMatchObject([{ replyTo: 1, spoiler: 'place', link }])
    await settle(HOUR)
    const [sent] = stream.sent().filter((element) => element.getChild('spoiler', 'urn:xmpp:spoiler:0'))
    expect(sent?.getChildText('spoiler')).toBe('place')
    expect(sent?.getChild('reply')?.attrs['id']).toBe('asked')
    expect(sent?.getChild('Description')?.getChildText('title')).toBe('A page')
    expect(sent?.getChildText('body')).toBe('> Where?\nhttps://a.example/')
    const [, message] = stage.app.pageMessages({ conversationId: 1, limit: 5 }).messages
    expect(message).toMatchObject({ spoiler: 'place', links: [link], reply: { original: { id: 1 } } })
  })

  test('what is answered may be gone: the words go all the same', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(`<message from='${JULIET}/x' type='chat' id='asked'><body>Where?</body></message>`)
    stage.app.scheduleMessage({ conversationId: 1, body: 'There', dueAt: NOW + HOUR, replyTo: 1 })
    stage.app.forgetMessages([1])
    await settle(HOUR)
    expect(bodies(stream.sent())).toContain('There')
    expect(waiting(stage)).toEqual([])
  })

  test('is of this conversation', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(`<message from='nurse@x.example/x' type='chat' id='asked'><body>Where?</body></message>`)
    const { id } = stage.app.openConversation({ accountId: 1, jid: JULIET })
    const other = { conversationId: id, body: 'There', dueAt: NOW + HOUR, replyTo: 1 }
    expect(() => stage.app.scheduleMessage(other)).toThrow('not-found')
  })

  test('a card goes with changed words only while they link to its page', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const { id } = stage.app.openConversation({ accountId: 1, jid: JULIET })
    const { id: scheduledId } = stage.app.scheduleMessage({
      ...{ conversationId: id, body: 'see https://a.example/', dueAt: NOW + HOUR, link },
    })
    stage.app.changeScheduled({ scheduledId, body: 'see nothing', dueAt: NOW + HOUR })
    await settle(HOUR)
    const [sent] = stream.sent().filter((element) => element.is('message'))
    expect(sent?.getChild('Description')).toBeUndefined()
  })

  test('in a room too, where it is sent to all', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    stream.receive(said('juliet', 'Where?', { stanzaId: 's1' }))
    const replyTo = stage.storage.pageMessages({ conversationId, limit: 1 }).messages[0]?.id
    stage.app.scheduleMessage({
      ...{ conversationId, body: 'https://a.example/', dueAt: NOW + HOUR },
      ...(replyTo === undefined ? {} : { replyTo }),
      ...{ spoiler: '', link },
    })
    stream.sent()
    await settle(HOUR)
    const sent = only(
      stream.sent().filter((element) => element.getChild('body')),
      'message',
    )
    expect(sent.attrs).toMatchObject({ type: 'groupchat', to: ROOM })
    expect(sent.getChild('reply')?.attrs['id']).toBe('s1')
    expect(sent.getChild('spoiler', 'urn:xmpp:spoiler:0')).toBeDefined()
    expect(sent.getChild('Description')?.getChildText('title')).toBe('A page')
  })
})
