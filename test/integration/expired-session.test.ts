/**
 * XEP-0198 §5 on a real Prosody: a session that is gone when it is to be resumed, and the server says in `<failed h=…/>`
 * what it had of it. Nothing of that is said twice, though no acknowledgement of it ever came; the rest is said again.
 */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { prepareGround, type Ground } from '../faults/ground.ts'
import { createMortal, type Mortal } from '../faults/mortal.ts'
import { createPerson, type Person } from '../faults/person.ts'
import type { Part } from '../faults/schedule.ts'
import { startFaultProxy, type FaultProxy } from '../helpers/fault-proxy.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'

const PASSWORD = 'wherefore'
const PATIENCE = { timeout: 40_000 }
const WAY = { transport: 'tcp', location: 'unsaid', pauses: [] } as const
/** No acknowledgement gets through, from the first byte on. */
const part: Part = { ...WAY, faults: [{ kind: 'drop-acks', after: 1, direction: 'to-server', bytes: 1e9 }] }

let ground: Ground
let proxy: FaultProxy
let juliet: Peer
let romeo: Person
let round = 0
let name = ''

beforeAll(async () => {
  // Without an archive nothing but `h` tells what the server had.
  ground = await prepareGround({ hibernationSeconds: 1, extraConfig: 'default_archive_policy = false' })
})
afterAll(() => ground.dispose())

beforeEach(async () => {
  round += 1
  name = `romeo${round}`
  for (const each of [name, 'juliet']) ground.server.addUser(each, PASSWORD)
  ground.server.setRoster(name, [{ jid: `juliet@${ground.server.domain}` }])
  ground.server.setRoster('juliet', [{ jid: `${name}@${ground.server.domain}` }])
  juliet = await connectPeer(ground.server, 'juliet', PASSWORD)
  proxy = await startFaultProxy(ground.proxyFor(part))
  proxy.begin(part.faults, part.location)
})
afterEach(async () => {
  juliet.close()
  await romeo.leave()
  await proxy.close()
})

function options() {
  const file = join(ground.folder, `${name}.db`)
  copyFileSync(ground.database, file)
  const { domain } = ground.server
  return {
    ...{ file, password: PASSWORD, ca: ground.ca, transport: part.transport, port: proxy.port },
    ...{ jid: `${name}@${domain}`, counterpart: `juliet@${domain}` },
  }
}

/** Romeo says three things that juliet hears and nobody acknowledges, is gone, and says two more. */
async function loseTheSession(alsoKill: () => void = () => undefined): Promise<void> {
  await juliet.waitFor((stanza) => stanza.is('presence') && isFromRomeo(stanza) && !stanza.attrs.type, 40_000)
  for (const word of ['one', 'two', 'three']) romeo.say(word)
  await juliet.waitForMessage('three', 40_000)
  expect(romeo.history().states).toStrictEqual(['pending', 'pending', 'pending'])
  const before = juliet.received.length
  proxy.unplug()
  alsoKill()
  // The server gives up the session, and tells who sees him.
  const isGone = (): boolean =>
    juliet.received.slice(before).some((stanza) => stanza.attrs.type === 'unavailable' && isFromRomeo(stanza))
  await expect.poll(isGone, PATIENCE).toBe(true)
}

const isFromRomeo = ({ attrs }: { attrs: Record<string, unknown> }): boolean =>
  String(attrs['from']).startsWith(`${name}@`)

/** Every time that it came, not each id once. */
const heard = (): string[] =>
  juliet.received
    .filter((stanza) => stanza.is('message'))
    .flatMap((stanza) => stanza.getChildText('body') ?? [])

async function expectToldOnce(): Promise<void> {
  proxy.calm()
  await expect.poll(() => romeo.history().states, PATIENCE).toStrictEqual(['sent', 'sent', 'sent'])
  const failed = proxy.wire.lines().filter((line) => line.includes('<failed '))
  expect(failed.join('\n'), romeo.story.join('\n')).toMatch(/<failed [^>]*h='\d+'/)
  romeo.say('the last')
  await juliet.waitForMessage('the last', 40_000)
  expect(heard()).toStrictEqual(['one', 'two', 'three', 'the last'])
}

test('its time is over while the cable is out', async () => {
  romeo = createPerson(options())
  await loseTheSession()
  await expectToldOnce()
})

test('its time is over while Linnet is killed', async () => {
  const mortal: Mortal = createMortal(ground.program, options())
  romeo = mortal
  await loseTheSession(() => mortal.die())
  await expectToldOnce()
})
