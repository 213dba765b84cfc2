/** A session over a restart (XEP-0198 §5): what is kept of it, what is asked of the next stream, what is made of the answer. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryStorage } from '../helpers/memory-storage.ts'
import { answerRoster, bodies, JULIET, NOW, setStage, settle, startOnline, type Stage } from './stage.ts'
import type { FullJid } from '../../src-main/model/jid.ts'
import type { FakeStreamOptions } from '../helpers/fake-stream.ts'

const jid = 'romeo@montague.example/orchard' as FullJid
const features = { rosterVersioning: true, preApproval: false, clientState: true }
const session = { id: 's-1', jid, maxSeconds: 300, features }
const DAY_MS = 24 * 60 * 60_000

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

/** Romeo online on a session that can be resumed; sends these. */
async function before(words: readonly string[]) {
  const storage = createMemoryStorage()
  const stage = setStage({ storage })
  stage.connect.outcomes.push({ session })
  const stream = await startOnline(stage)
  /** What the server has handled when it has the first so many of these. */
  const handledWith = (count: number): number => first - 1 + count
  const first = (stream.sentCount ?? 0) + 1
  say(stage, words)
  return { storage, stage, stream, handledWith }
}

function say(stage: Stage, words: readonly string[]): void {
  const accountId = stage.storage.listAccounts()[0]?.id ?? 0
  const { id } = stage.app.openConversation({ accountId, jid: JULIET })
  for (const body of words) stage.app.sendMessage({ conversationId: id, body })
}

/** As after kill -9: the same storage, nothing else. */
async function restart(storage: Stage['storage'], outcome: FakeStreamOptions) {
  const stage = setStage({ storage })
  stage.connect.outcomes.push(outcome)
  stage.app.start()
  await settle()
  const stream = stage.stream()
  const sent = await answerRoster(stream)
  return { stage, stream, sent, request: stage.connect.requests[0] }
}

const states = (stage: Stage) => {
  const [conversation] = stage.storage.listConversations()
  const { messages } = stage.app.pageMessages({ conversationId: conversation?.id ?? 0, limit: 50 })
  return Object.fromEntries(messages.map(({ body, state }) => [body, state]))
}

describe('after a crash', () => {
  test('the session is asked for with the count that the server was told, and goes on', async () => {
    const { storage, stage, stream } = await before([])
    expect(stage.connect.requests[0]?.resume).toBeUndefined()
    stream.acknowledge(17)
    const { request } = await restart(storage, { session, restored: { isResumed: true, handled: 0 } })
    expect(request?.resume).toStrictEqual({ ...session, handled: 17 })
  })

  test('what the server has is sent; the rest goes out again in order, with the time it was written', async () => {
    const { storage, handledWith } = await before(['three', 'four', 'five'])
    await settle(60_000)
    const { stage, sent } = await restart(storage, {
      session,
      restored: { isResumed: true, handled: handledWith(2) },
    })
    expect(states(stage)).toStrictEqual({ three: 'sent', four: 'sent', five: 'pending' })
    expect(bodies(sent)).toStrictEqual(['five'])
    const [message] = sent.filter((each) => each.is('message'))
    expect(message?.getChild('delay')?.attrs['stamp']).toBe(new Date(NOW).toISOString())
    stage.stream().ack()
    expect(states(stage)['five']).toBe('sent')
  })

  test('numbers of the session as it was mean nothing once it goes on with others', async () => {
    const { storage, handledWith } = await before(['three', 'four'])
    const resumed = { session, restored: { isResumed: true, handled: handledWith(0) } }
    // It crashes again before it comes to the messages, and what it says first is counted under their numbers.
    const stage = setStage({ storage })
    stage.connect.outcomes.push(resumed)
    stage.app.start()
    await settle()
    const { sent } = await restart(storage, {
      session,
      restored: { isResumed: true, handled: handledWith(1) },
    })
    expect(bodies(sent)).toStrictEqual(['three', 'four'])
  })

  test('contacts are asked for anew by going and coming, and the roster by its version', async () => {
    const { storage } = await before([])
    const { sent, stream } = await restart(storage, { session, restored: { isResumed: true, handled: 2 } })
    const presences = sent.filter((each) => each.is('presence')).map((each) => each.attrs['type'] as unknown)
    expect(presences).toStrictEqual(['unavailable', undefined])
    expect(stream.restored?.isResumed).toBe(true)
  })

  test('a session that is gone: its count still tells what was sent, and a new one begins', async () => {
    const { storage, handledWith } = await before(['three', 'four'])
    const fresh = { ...session, id: 's-2' }
    const { stage, sent } = await restart(storage, {
      session: fresh,
      restored: { isResumed: false, handled: handledWith(1) },
    })
    expect(states(stage)).toStrictEqual({ three: 'sent', four: 'pending' })
    expect(bodies(sent)).toStrictEqual(['four'])
    expect(sent.filter((each) => each.is('presence'))).toHaveLength(1)
    expect(storage.findSession(1)).toMatchObject({ id: 's-2', handled: 0 })
  })

  test('gone without a count: all that is pending goes out again', async () => {
    const { storage } = await before(['three', 'four'])
    const { sent } = await restart(storage, { restored: { isResumed: false, handled: undefined } })
    expect(bodies(sent)).toStrictEqual(['three', 'four'])
    expect(storage.findSession(1)).toBeUndefined()
  })

  test('long after its time it is not asked for', async () => {
    const { storage } = await before([])
    vi.setSystemTime(NOW + 300_000 + DAY_MS)
    const { request } = await restart(storage, {})
    expect(request?.resume).toBeUndefined()
  })
})

describe('without a crash', () => {
  test('who quits in order leaves nothing to resume', async () => {
    const { storage, stage } = await before(['three'])
    expect(storage.findSession(1)).toBeDefined()
    await stage.app.stop()
    expect(storage.findSession(1)).toBeUndefined()
    const { sent } = await restart(storage, {})
    expect(bodies(sent)).toStrictEqual(['three'])
  })

  test('what is acknowledged has no number any more', async () => {
    const { storage, stream, handledWith } = await before(['three', 'four'])
    expect(
      storage
        .listSent(1)
        .map(({ number }) => number)
        .sort(),
    ).toStrictEqual([handledWith(1), handledWith(2)])
    stream.ack()
    expect(storage.listSent(1)).toStrictEqual([])
  })

  test('a stream that ends for good but whose session may live on is resumed by the next', async () => {
    const { stage, stream, handledWith } = await before(['three'])
    stage.connect.outcomes.push({ session, restored: { isResumed: true, handled: handledWith(1) } })
    stream.drop()
    await settle(5000)
    expect(stage.connect.requests[1]?.resume).toMatchObject({ id: 's-1' })
    expect(states(stage)).toStrictEqual({ three: 'sent' })
  })

  test('a count that can’t be kept is told to the server all the same, and the stream goes on', async () => {
    const { storage, stage, stream } = await before([])
    const { StorageError } = await import('../../src-main/storage/storage.ts')
    vi.spyOn(storage, 'keepHandled').mockImplementation(() => {
      throw new StorageError('disk-full', 'full')
    })
    stream.acknowledge(5)
    expect(stream.state).toBe('open')
    expect(stage.logs.at(-1)).toMatchObject({ level: 'warn' })
  })

  test('a number that can’t be kept keeps its message here', async () => {
    const { storage, stage, stream } = await before([])
    const { StorageError } = await import('../../src-main/storage/storage.ts')
    stream.sent()
    vi.spyOn(storage, 'keepSent').mockImplementation(() => {
      throw new StorageError('disk-full', 'full')
    })
    say(stage, ['three'])
    expect(bodies(stream.sent())).toStrictEqual([])
    expect(stream.state).toBe('closed')
    expect(states(stage)).toStrictEqual({ three: 'pending' })
  })
})
