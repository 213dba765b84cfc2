/**
 * Faults at the level of the process, the cable and the server, while messages flow both ways: in the end both sides have
 * the same history, each message once, in order. Real domain, transport, database and Prosody; no window.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { startTcpProxy, type TcpProxy } from '../helpers/tcp-proxy.ts'
import { startJuliet, type Juliet } from './faults/juliet.ts'
import { readHistory, startRomeo, type Romeo, type RomeoOptions } from './faults/romeo.ts'

const PASSWORD = 'wherefore'
const SETTLE_MS = 60_000
const PATIENCE_MS = 40_000
const TEST_MS = 240_000

let server: Prosody
let proxy: TcpProxy
let webProxy: TcpProxy
let options: RomeoOptions
let juliet: Juliet
let romeo: Romeo
let round = 0

// Nothing here is decided by a time; on a busy machine all of it takes longer.
vi.setConfig({ testTimeout: TEST_MS })

beforeAll(async () => {
  server = await startProsody()
  proxy = await startTcpProxy(server.tlsPort)
  webProxy = await startTcpProxy(server.httpsPort)
})
afterAll(async () => {
  await proxy.close()
  await webProxy.close()
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
    transport: 'tcp',
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
  await expect.poll(() => juliet.said.length, { timeout: PATIENCE_MS }).toBeGreaterThanOrEqual(enough.said)
  await expect
    .poll(async () => (await romeo.status()).out, { timeout: PATIENCE_MS })
    .toBeGreaterThanOrEqual(enough.out)
}

/** Ends the talk, waits until all has arrived and is in its place, ends romeo in order and compares both histories. */
async function expectSameHistory(): Promise<void> {
  romeo.quiet()
  await juliet.quiet()
  let [seen, since] = ['', Date.now()]
  for (; Date.now() - since < SETTLE_MS; await sleep(50)) {
    const { pending, out, got } = await romeo.status()
    const heard = juliet.heard().length
    if (pending === 0 && heard >= out && isDeepStrictEqual(got, juliet.said)) break
    // As long as anything goes on there is something to wait for.
    const now = [pending, out, heard, ...got].join(' ')
    if (now !== seen) [seen, since] = [now, Date.now()]
  }
  await romeo.quit()
  const { written, got, states } = readHistory(options.file)
  expect(juliet.heard(), romeo.story()).toStrictEqual(written)
  expect(got, romeo.story()).toStrictEqual(juliet.said)
  expect(states, romeo.story()).toStrictEqual(['sent'])
  expect(written.length).toBeGreaterThan(10)
  expect(got.length).toBeGreaterThan(10)
}

/** The same over the other wire. */
function overWebSocket(): void {
  options = { ...options, transport: 'websocket', port: webProxy.port }
}

/** Killed with a session to resume, and one in the middle of signing in; what was on its way is settled by its counts. */
async function killAndGoOn(): Promise<void> {
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
  await expectSameHistory()
}

test('kill -9 at any moment while messages flow both ways', killAndGoOn)

test('kill -9 over WebSocket', async () => {
  overWebSocket()
  await killAndGoOn()
})

async function cutAtAnyByte(cable: TcpProxy): Promise<void> {
  await startTalking()
  for (let cut = 0; cut < 16; cut += 1) {
    const before = cable.connections
    cable.cutAfter(cut % 2 === 0 ? 'to-client' : 'to-server', 1 + Math.floor(Math.random() * 6000))
    await expect.poll(() => cable.connections, { timeout: PATIENCE_MS }).toBeGreaterThan(before)
    await romeo.online()
  }
  await expectSameHistory()
}

test('the cable is cut at any byte, both directions', () => cutAtAnyByte(proxy))

test('the cable of a WebSocket is cut at any byte', async () => {
  overWebSocket()
  await cutAtAnyByte(webProxy)
})

test('the cable is cut when the server has read a part of a stanza', async () => {
  await startTalking()
  await hearMore(10)
  const before = proxy.connections
  proxy.cutAfter('to-server', 40_000)
  romeo.shout()
  await expect.poll(() => proxy.connections, { timeout: PATIENCE_MS }).toBeGreaterThan(before)
  // More than may be pending: so what he writes arrives again, while juliet's words come all the time.
  await hearMore(30)
  await expectSameHistory()
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
  await expectSameHistory()
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
  await expectSameHistory()
})
