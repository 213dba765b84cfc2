/**
 * Faults at the level of the process, the cable and the server, while messages flow both ways: in the end both sides have
 * the same history, each message once, in order. Real domain, transport, database and Prosody; no window.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { startTcpProxy, type TcpProxy } from '../helpers/tcp-proxy.ts'
import { startJuliet, type Juliet } from './faults/juliet.ts'
import { readHistory, startRomeo, type Romeo, type RomeoOptions } from './faults/romeo.ts'

const PASSWORD = 'wherefore'
const SETTLE_MS = 20_000
const MAY_SWAP_MS = 3000

let server: Prosody
let proxy: TcpProxy
let options: RomeoOptions
let juliet: Juliet
let romeo: Romeo
let round = 0

beforeAll(async () => {
  server = await startProsody()
  proxy = await startTcpProxy(server.tlsPort)
})
afterAll(async () => {
  await proxy.close()
  await server.dispose()
})

// New accounts for each test: nothing waits for anybody from the test before.
beforeEach(async () => {
  round += 1
  const folder = mkdtempSync(join(tmpdir(), 'linnet-faults-'))
  const name = `romeo${round}`
  for (const each of [name, 'juliet']) server.addUser(each, PASSWORD)
  const [jid, counterpart] = [`${name}@${server.domain}`, `juliet@${server.domain}`]
  options = {
    file: join(folder, 'linnet.db'),
    jid,
    password: PASSWORD,
    counterpart,
    port: proxy.port,
    caFile: server.caFile,
  }
  juliet = await startJuliet(server, PASSWORD, jid)
  return async () => {
    await romeo.kill()
    juliet.close()
    proxy.resume()
    rmSync(folder, { recursive: true })
  }
})

async function startTalking(): Promise<void> {
  romeo = startRomeo(options)
  await romeo.online()
  romeo.speak()
  juliet.talk()
}

/** Waits until both have said so many more. */
async function hearMore(count: number): Promise<void> {
  const enough = { said: juliet.said.length + count, out: (await romeo.status()).out + count }
  await expect.poll(() => juliet.said.length, { timeout: 15_000 }).toBeGreaterThanOrEqual(enough.said)
  await expect
    .poll(async () => (await romeo.status()).out, { timeout: 15_000 })
    .toBeGreaterThanOrEqual(enough.out)
}

/**
 * Ends the talk, waits until all has arrived, ends romeo in order and compares both histories. 'kept': the server had to
 * put messages aside; it may give them out in another order, and then its stamps, whole seconds, are all there is.
 */
async function expectSameHistory(delivery: 'live' | 'kept'): Promise<void> {
  romeo.quiet()
  await juliet.quiet()
  for (const end = Date.now() + SETTLE_MS; Date.now() < end; await sleep(50)) {
    const status = await romeo.status()
    if (status.pending === 0 && status.in >= juliet.said.length && juliet.heard().length >= status.out) break
  }
  await romeo.quit()
  const { written, got, states } = readHistory(options.file)
  expect(juliet.heard(), romeo.story()).toStrictEqual(written)
  if (delivery === 'live') expect(got, romeo.story()).toStrictEqual(juliet.said)
  else expectOrderToTheSecond(got)
  expect(states, romeo.story()).toStrictEqual(['sent'])
  expect(written.length).toBeGreaterThan(10)
  expect(got.length).toBeGreaterThan(10)
}

/** Each one once, and none before one that was said more than a second, and the time to get here, earlier. */
function expectOrderToTheSecond(got: readonly string[]): void {
  expect([...got].sort(), romeo.story()).toStrictEqual([...juliet.said].sort())
  const times = got.map(juliet.saidAt)
  const latestBefore = times.map((_, index) => Math.max(0, ...times.slice(0, index)))
  const early = got.filter((_, index) => (latestBefore[index] ?? 0) - (times[index] ?? 0) > MAY_SWAP_MS)
  expect(early, romeo.story()).toStrictEqual([])
}

test('kill -9 at any moment while messages flow both ways', async () => {
  juliet.talk()
  for (const whileSigningIn of [false, true, false, false]) {
    romeo = startRomeo(options)
    if (whileSigningIn) await romeo.noticed()
    else await romeo.online()
    romeo.speak()
    await sleep(50 + Math.random() * 600)
    await romeo.kill()
  }
  romeo = startRomeo(options)
  await romeo.online()
  romeo.speak()
  await hearMore(10)
  await expectSameHistory('kept')
})

test('the cable is cut at any byte, both directions', async () => {
  await startTalking()
  for (let cut = 0; cut < 16; cut += 1) {
    const before = proxy.connections
    proxy.cutAfter(cut % 2 === 0 ? 'to-client' : 'to-server', 1 + Math.floor(Math.random() * 6000))
    await expect.poll(() => proxy.connections, { timeout: 15_000 }).toBeGreaterThan(before)
    await romeo.online()
  }
  await expectSameHistory('live')
})

test('the cable is cut when the server has read a part of a stanza', async () => {
  await startTalking()
  await hearMore(10)
  const before = proxy.connections
  proxy.cutAfter('to-server', 40_000)
  romeo.shout()
  await expect.poll(() => proxy.connections, { timeout: 15_000 }).toBeGreaterThan(before)
  // More than may be pending: so what he writes arrives again, while juliet's words come all the time.
  await hearMore(30)
  await expectSameHistory('kept')
})

test('the server restarts in mid-flow', async () => {
  await startTalking()
  await hearMore(10)
  const noticed = romeo.noticed()
  await server.restart()
  await noticed
  await juliet.reconnect()
  await romeo.online()
  await hearMore(10)
  await expectSameHistory('kept')
})

test('the connection is half open: bytes vanish, nobody says so', async () => {
  await startTalking()
  for (let stall = 0; stall < 2; stall += 1) {
    await hearMore(10)
    const noticed = romeo.noticed()
    proxy.stall()
    await noticed
    proxy.resume()
    await romeo.online()
  }
  await hearMore(10)
  await expectSameHistory('live')
})
