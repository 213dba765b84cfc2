/** Waking up and the network's return: what waits for its next try tries at once. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeProfile, type Linnet } from '../helpers/app.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { launchSignedIn, untilOnline } from './screens.ts'

let server: Prosody
let linnet: Linnet

beforeAll(async () => {
  // Without stream management there is nothing to resume: the session ends and waits for its next try.
  server = await startProsody({ hibernationSeconds: 0 })
  server.addUser('romeo', 'pw')
  linnet = await launchSignedIn(server, { name: 'romeo', password: 'pw' })
})
afterAll(async () => {
  await linnet.kill()
  removeProfile(linnet.profile)
  await server.dispose()
})

/** When the next try is due by itself; 0 while none is waited for. */
function retryAt(): Promise<number> {
  return linnet.page.evaluate(async () => {
    const reply = await window.bridge.invoke('app.snapshot', {})
    const state = reply.ok ? reply.value.connections[0]?.state : undefined
    return state?.phase === 'waiting' ? state.retryAt : 0
  })
}

/** Loses the server until the next try is so far off that being online before it can only come from waking. */
async function loseServer(): Promise<number> {
  await server.kill()
  await expect
    .poll(async () => (await retryAt()) - Date.now(), { timeout: 50_000, interval: 50 })
    .toBeGreaterThan(7000)
  await server.start()
  return retryAt()
}

test('after sleep the wait is cut short', async () => {
  const due = await loseServer()
  await linnet.app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'))
  await untilOnline(linnet.page)
  expect(Date.now()).toBeLessThan(due)
})

test('so it is when the network returns', async () => {
  // The one thing that can't be real here: this machine's own network must stay.
  await linnet.app.evaluate(({ net }) => void (net.isOnline = () => false))
  const due = await loseServer()
  await linnet.app.evaluate(({ net }) => void (net.isOnline = () => true))
  await untilOnline(linnet.page)
  expect(Date.now()).toBeLessThan(due)
})
