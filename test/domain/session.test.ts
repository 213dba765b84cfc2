/** One account's connection over time: connecting, losing, waiting, giving up, waking, leaving. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ProblemCode } from '../../src-main/model/account.ts'
import type { Connect, Stream } from '../../src-main/protocol/stream.ts'
import { createFakeConnect, createFakeStream } from '../helpers/fake-stream.ts'
import { backOffDelayMs, isFinalProblem } from '../../src-main/domain/reconnect.ts'
import {
  answerRoster,
  failure,
  JULIET,
  NOW,
  only,
  phase,
  problem,
  setStage,
  settle,
  startOnline,
} from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

describe('the wait before the next try', () => {
  test.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [4, 8_000],
    [8, 128_000],
    [9, 256_000],
    [10, 300_000],
    [11, 300_000],
    [5000, 300_000],
  ])('after failure %i is %i ms', (failures, delayMs) => {
    expect(backOffDelayMs(failures, problem('network'), 0.5)).toBe(delayMs)
  })

  test('varies by a quarter either way', () => {
    expect(backOffDelayMs(1, problem('network'), 0)).toBe(750)
    expect(backOffDelayMs(1, problem('network'), 1)).toBe(1250)
  })

  test('starts at half a minute for what a captive portal shows', () => {
    expect(backOffDelayMs(1, problem('certificate'), 0.5)).toBe(30_000)
    expect(backOffDelayMs(20, problem('no-tls'), 0.5)).toBe(300_000)
  })
})

const FINAL: readonly ProblemCode[] = [
  ...(['credentials', 'account-disabled', 'conflict', 'no-mechanism'] as const),
  ...(['password-missing', 'policy', 'server-unproven', 'cancelled'] as const),
]
const PASSING: readonly ProblemCode[] = [
  ...(['no-such-server', 'refused', 'network', 'timeout', 'certificate'] as const),
  ...(['no-tls', 'server-shutdown', 'protocol'] as const),
]

describe('connecting', () => {
  test('tells each step, then the stream', async () => {
    const stage = setStage()
    stage.app.start()
    await settle()
    stage.connect.requests[0]?.onStep('securing')
    expect(phase(stage)).toBe('connecting')
    await answerRoster(stage.stream())
    const phases = stage.events('connection.changed').map(({ state }) => state)
    expect(phases[0]).toEqual({ phase: 'connecting', step: 'looking-up' })
    expect(phases.at(-1)).toEqual({
      phase: 'online',
      jid: 'romeo@montague.example/Linnet.test',
      tls: 'TLSv1.3',
      mechanism: 'SCRAM-SHA-256-PLUS',
      transport: 'tcp',
    })
  })

  test('remembers the strongest mechanism and asks for no weaker one', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    expect(stage.connect.requests[0]?.strongestSeen).toBeUndefined()
    stream.drop()
    await settle(1000)
    expect(stage.connect.requests[1]?.strongestSeen).toBe('SCRAM-SHA-256-PLUS')
  })

  test('a weaker mechanism, as of a WebSocket, does not take the place of the strongest', async () => {
    const stage = setStage()
    stage.connect.outcomes.push({ mechanism: 'SCRAM-SHA-512-PLUS' }, { mechanism: 'SCRAM-SHA-512' })
    const stream = await startOnline(stage)
    stream.drop()
    await settle(1000)
    expect(stage.stream().mechanism).toBe('SCRAM-SHA-512')
    expect(stage.storage.getStrongestMechanism(1)).toBe('SCRAM-SHA-512-PLUS')
  })

  test('without a password asks for it and opens nothing', () => {
    const stage = setStage()
    stage.secrets.passwords.clear()
    stage.app.start()
    expect(stage.app.state().connections[0]?.state).toEqual({
      phase: 'offline',
      problem: { code: 'password-missing' },
    })
    expect(stage.connect.requests).toHaveLength(0)
  })

  test('goes on without a roster where the server gives none', async () => {
    const stage = setStage()
    stage.app.start()
    await settle()
    const request = only(stage.stream().sent(), 'iq')
    stage.stream().receive(`<iq type='error' id='${String(request.attrs['id'])}'><error type='cancel'/></iq>`)
    await settle()
    expect(phase(stage)).toBe('online')
    expect(stage.stream().sent().map(String).join()).toContain('<presence')
  })
})

describe('a connection that fails', () => {
  test.each(PASSING)('for %s is tried again by itself', async (code) => {
    const stage = setStage()
    stage.connect.outcomes.push(failure(code))
    stage.app.start()
    await settle()
    expect(stage.app.state().connections[0]?.state).toMatchObject({ phase: 'waiting', problem: { code } })
    await settle(60_000)
    expect(stage.connect.requests.length).toBeGreaterThan(1)
    expect(isFinalProblem(problem(code))).toBe(false)
  })

  test.each(FINAL.filter((code) => code !== 'cancelled'))(
    'for %s never is, also not on wake-up',
    async (code) => {
      const stage = setStage()
      stage.connect.outcomes.push(failure(code))
      stage.app.start()
      await settle()
      expect(stage.app.state().connections[0]?.state).toEqual({ phase: 'offline', problem: { code } })
      await settle(3_600_000)
      stage.app.wake()
      await settle(3_600_000)
      expect(stage.connect.requests).toHaveLength(1)
    },
  )

  test.each(FINAL.filter((code) => code !== 'policy'))('while online, for %s, never is', async (code) => {
    const stage = setStage()
    ;(await startOnline(stage)).drop(problem(code))
    await settle(3_600_000)
    expect(phase(stage)).toBe('offline')
    expect(stage.connect.requests).toHaveLength(1)
  })

  test('while online, for what was sent (policy), is tried again with growing pauses', async () => {
    const stage = setStage()
    ;(await startOnline(stage)).drop(problem('policy'))
    expect(stage.app.state().connections[0]?.state).toMatchObject({
      phase: 'waiting',
      retryAt: Date.now() + 1000,
    })
    await settle(1000)
    await answerRoster(stage.stream())
    stage.stream().drop(problem('policy'))
    expect(stage.app.state().connections[0]?.state).toMatchObject({ retryAt: Date.now() + 2000 })
  })

  test('is tried again by the user, whatever it was', async () => {
    const stage = setStage()
    stage.connect.outcomes.push(failure('conflict'))
    stage.app.start()
    await settle()
    stage.app.reconnect(1)
    await settle()
    await answerRoster(stage.stream())
    expect(phase(stage)).toBe('online')
  })

  test('that hangs is begun anew when the user does not want to wait', async () => {
    const stage = setStage()
    stage.connect.outcomes.push('never')
    stage.app.start()
    await settle()
    stage.app.reconnect(1)
    await settle()
    expect(stage.connect.requests.map(({ signal }) => signal.aborted)).toEqual([true, false])
    await answerRoster(stage.stream())
    expect(phase(stage)).toBe('online')
  })

  test('again and again waits longer each time, and from the start again once it held', async () => {
    const stage = setStage()
    stage.connect.outcomes.push(failure('network'), failure('network'), failure('network'))
    stage.app.start()
    await settle()
    for (const [requests, ms] of [
      [2, 1000],
      [3, 2000],
      [4, 4000],
    ] as const) {
      await settle(ms - 1)
      expect(stage.connect.requests).toHaveLength(requests - 1)
      await settle(1)
      expect(stage.connect.requests).toHaveLength(requests)
    }
    await answerRoster(stage.stream())
    await settle(30_000)
    stage.stream().drop()
    expect(stage.app.state().connections[0]?.state).toMatchObject({
      phase: 'waiting',
      retryAt: Date.now() + 1000,
    })
  })

  test('right after each success does not start from the shortest wait', async () => {
    const stage = setStage()
    ;(await startOnline(stage)).drop()
    await settle(1000)
    await answerRoster(stage.stream())
    stage.stream().drop()
    expect(stage.app.state().connections[0]?.state).toMatchObject({ retryAt: Date.now() + 2000 })
  })

  test('while the roster is loading is one failure, not two', async () => {
    const stage = setStage()
    stage.app.start()
    await settle()
    stage.stream().drop()
    await settle()
    expect(stage.events('connection.changed').filter(({ state }) => state.phase === 'waiting')).toHaveLength(
      1,
    )
    await settle(1000)
    expect(stage.connect.requests).toHaveLength(2)
  })
})

describe('waking up', () => {
  test('tries at once what was waiting, with the shortest wait after it', async () => {
    const stage = setStage()
    stage.connect.outcomes.push(...Array.from({ length: 6 }, () => failure('network')))
    stage.app.start()
    await settle(20_000)
    const { length } = stage.connect.requests
    expect(phase(stage)).toBe('waiting')
    stage.app.wake()
    await settle()
    expect(stage.connect.requests).toHaveLength(length + 1)
    expect(stage.app.state().connections[0]?.state).toMatchObject({
      phase: 'waiting',
      retryAt: Date.now() + 1000,
    })
  })

  test('has a stream look whether it lives', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stage.app.wake()
    expect(stream.wakes).toBe(1)
    expect(stage.connect.requests).toHaveLength(1)
  })

  test('does not bring back who chose to be offline', async () => {
    const stage = setStage()
    await startOnline(stage)
    stage.app.setPresence({ show: 'offline', status: '' })
    await settle()
    stage.app.wake()
    await settle(3_600_000)
    expect(stage.connect.requests).toHaveLength(1)
  })
})

describe('an interruption', () => {
  test('that is resumed keeps presences, asks for no roster, and is online again', async () => {
    const stage = setStage()
    const stream = await startOnline(stage, `<item jid='juliet@capulet.example' subscription='both'/>`)
    stream.receive(`<presence from='juliet@capulet.example/balcony'/>`)
    stream.interrupt()
    expect(phase(stage)).toBe('connecting')
    await expect(stage.app.addContact({ accountId: 1, jid: JULIET, name: '', groups: [] })).rejects.toThrow(
      'offline',
    )
    stream.resume()
    expect(phase(stage)).toBe('online')
    expect(stage.app.state().presences).toHaveLength(1)
    expect(stream.sent()).toEqual([])
  })

  test('tells the presence that was chosen meanwhile', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.interrupt()
    stage.app.setPresence({ show: 'away', status: 'gone' })
    stream.resume()
    expect(only(stream.sent(), 'presence').getChildText('show')).toBe('away')
  })

  test('during the session start does not end it', async () => {
    const stage = setStage()
    stage.app.start()
    await settle()
    const stream = stage.stream()
    const request = only(stream.sent(), 'iq')
    stream.interrupt()
    stream.resume()
    expect(phase(stage)).toBe('connecting')
    stream.receive(
      `<iq type='result' id='${String(request.attrs['id'])}'><query xmlns='jabber:iq:roster'/></iq>`,
    )
    await settle()
    expect(phase(stage)).toBe('online')
  })
})

test('a session start that ends while the socket is gone is online only once it is back', async () => {
  const stage = setStage()
  stage.app.start()
  await settle()
  const stream = stage.stream()
  stream.interrupt()
  await settle(30_000)
  expect(phase(stage)).toBe('connecting')
  stream.sent()
  stream.resume()
  expect(phase(stage)).toBe('online')
  expect(stream.sent().map((each) => each.getName())).toEqual(['presence'])
})

describe('leaving', () => {
  test('says goodbye with the status and stays away', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stage.app.setPresence({ show: 'offline', status: 'to Mantua' })
    const goodbye = only(stream.sent(), 'presence')
    expect(goodbye.attrs['type']).toBe('unavailable')
    expect(goodbye.getChildText('status')).toBe('to Mantua')
    expect(stream.state).toBe('closed')
    await settle(3_600_000)
    expect(stage.app.state().connections[0]?.state).toEqual({ phase: 'offline' })
  })

  test('before connecting connects nothing', async () => {
    const stage = setStage()
    stage.app.start()
    stage.app.setPresence({ show: 'offline', status: '' })
    await settle(3_600_000)
    expect(phase(stage)).toBe('offline')
    expect(stage.connect.requests).toHaveLength(0)
  })

  test('while connecting throws the try away, and closes what it opens after all', async () => {
    let open: (stream: Stream) => void = () => undefined
    const connect = vi.fn<Connect>(() => new Promise((resolve) => (open = resolve)))
    const stage = setStage({ connect })
    stage.app.start()
    await settle()
    stage.app.setPresence({ show: 'offline', status: '' })
    const request = connect.mock.calls[0]?.[0]
    expect(request?.signal.aborted).toBe(true)
    request?.onStep('securing')
    const stream = createFakeStream()
    open(stream)
    await settle(3_600_000)
    expect(stream.state).toBe('closed')
    expect(phase(stage)).toBe('offline')
    expect(connect).toHaveBeenCalledTimes(1)
  })

  test('while waiting forgets the timer', async () => {
    const stage = setStage()
    stage.connect.outcomes.push(failure('network'))
    stage.app.start()
    await settle()
    await stage.app.stop()
    await settle(3_600_000)
    expect(stage.connect.requests).toHaveLength(1)
  })

  test('and coming back at once opens one new stream', async () => {
    const stage = setStage()
    await startOnline(stage)
    stage.app.setPresence({ show: 'offline', status: '' })
    stage.app.setPresence({ show: 'dnd', status: '' })
    await settle()
    const sent = await answerRoster(stage.stream())
    expect(only(sent, 'presence').getChildText('show')).toBe('dnd')
    expect(stage.connect.requests).toHaveLength(2)
  })

  test('and coming back waits for the goodbye: what it still delivers need not go out twice', async () => {
    const fake = createFakeConnect()
    const connect: Connect = async (request) => {
      const stream = await fake.connect(request)
      const { close } = stream
      return Object.assign(stream, {
        close: () => new Promise((resolve) => setTimeout(resolve, 900)).then(close),
      })
    }
    const stage = setStage({ connect })
    stage.app.start()
    await settle()
    stage.app.setPresence({ show: 'offline', status: '' })
    stage.app.setPresence({ show: 'online', status: '' })
    await settle(899)
    expect(fake.requests).toHaveLength(1)
    expect(phase(stage)).toBe('connecting')
    await settle(1)
    expect(fake.requests).toHaveLength(2)
  })

  test('is what stop() does to every stream; the database stays open', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    await stage.app.stop()
    expect(stream.state).toBe('closed')
    expect(stage.app.state().accounts).toHaveLength(1)
  })
})
