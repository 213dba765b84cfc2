/** XEP-0313 on a real server: what was said while nobody looked is there, once each, in the archive's order. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startLiveApp, type LiveApp } from '../helpers/live-app.ts'
import type { Prosody } from '../helpers/prosody.ts'
import { startTcpProxy, type TcpProxy } from '../helpers/tcp-proxy.ts'

const PASSWORD = 'wherefore'

export interface ArchiveServer extends Pick<Prosody, 'domain' | 'tlsPort' | 'caFile' | 'dispose'> {
  addUser(name: string, password: string): void | Promise<void>
}

let server: ArchiveServer
let proxy: TcpProxy
let apps: LiveApp[] = []
let round = 0
let romeo: string
let juliet: LiveApp

async function start(name: string, options: Parameters<typeof startLiveApp>[3] = {}): Promise<LiveApp> {
  const app = await startLiveApp(server, name, PASSWORD, options)
  apps.push(app)
  return app
}

/** Juliet says so many, and the server has them. */
async function say(from: number, to: number): Promise<void> {
  for (let index = from; index <= to; index += 1) juliet.say(`${romeo}@${server.domain}`, `m${index}`)
  await expect.poll(() => pending(juliet), { timeout: 20_000 }).toBe(0)
}

const pending = (app: LiveApp): number => app.storage.listPending(app.accountId).length
const heard = (app: LiveApp): string[] => app.messages(juliet.jid).map(({ body }) => body)
const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `m${from + index}`)
const isIdle = (app: LiveApp): boolean => app.app.state().archives[0]?.phase === 'idle'

async function untilHeard(app: LiveApp, expected: readonly string[]): Promise<void> {
  await expect.poll(() => heard(app).length, { timeout: 20_000 }).toBe(expected.length)
  await expect.poll(() => isIdle(app), { timeout: 20_000 }).toBe(true)
  expect(heard(app)).toEqual(expected)
}

/** The tests, on a server of one's own. */
export function testArchiveOn(startServer: () => Promise<ArchiveServer>): void {
  beforeAll(async () => {
    server = await startServer()
    proxy = await startTcpProxy(server.tlsPort)
  })
  afterAll(async () => {
    await proxy.close()
    await server.dispose()
  })

  beforeEach(async () => {
    round += 1
    romeo = `romeo${round}`
    for (const name of [romeo, `juliet${round}`]) await server.addUser(name, PASSWORD)
    juliet = await start(`juliet${round}`)
    return async () => {
      proxy.resume()
      await Promise.all(apps.map((app) => app.close()))
      apps = []
    }
  })

  test('offline for a hundred and twenty, then caught up with', async () => {
    const first = await start(romeo)
    await say(1, 3)
    await untilHeard(first, names(1, 3))
    await first.close()
    await say(4, 123)
    const { storage } = first
    const second = await start(romeo, { storage })
    await untilHeard(second, names(1, 123))
  })

  test('a first sign-in with three hundred old ones, page by page back to the first', async () => {
    await say(1, 300)
    const device = await start(romeo)
    await untilHeard(device, names(1, 300))
    expect(device.app.state().archives).toMatchObject([{ complete: true }])
  })

  test('cut in the middle, and again: it goes on where it was', async () => {
    const first = await start(romeo)
    await say(1, 2)
    await untilHeard(first, names(1, 2))
    await first.close()
    await say(3, 180)
    const second = await start(romeo, { storage: first.storage, port: proxy.port })
    for (const enough of [20, 90]) {
      await expect.poll(() => heard(second).length, { timeout: 20_000 }).toBeGreaterThan(enough)
      proxy.cut()
    }
    await expect
      .poll(() => second.app.state().connections[0]?.state.phase, { timeout: 20_000 })
      .toBe('online')
    await untilHeard(second, names(1, 180))
  })

  test('two devices of one account end with the same history', async () => {
    const phone = await start(romeo, { random: () => 0.1 })
    await say(1, 5)
    // Said at the same moment, which comes first is known to the archive alone, and to us when it is read again.
    await untilHeard(phone, names(1, 5))
    phone.say(juliet.jid, 'from the phone')
    await expect.poll(() => pending(phone), { timeout: 10_000 }).toBe(0)
    await say(6, 10)
    const desk = await start(romeo, { random: () => 0.9 })
    await untilHeard(desk, [...names(1, 5), 'from the phone', ...names(6, 10)])
    await expect.poll(() => heard(phone)).toEqual(heard(desk))
  })
}
