/** Two devices of one account on a real Prosody: what is said, heard and read on one is so on the other. */
import element from '@xmpp/xml'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type BareJid } from '../../src-main/model/jid.ts'
import { startLiveApp, type LiveApp } from '../helpers/live-app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'

const PASSWORD = 'on all of them'
const JULIET = 'juliet@chat.test'
const MDS = 'urn:xmpp:mds:displayed:0'
const PUBSUB = 'http://jabber.org/protocol/pubsub'

let server: Prosody
let juliet: Peer
let started = 0
const devices: LiveApp[] = []

beforeAll(async () => {
  server = await startProsody()
  for (const name of ['romeo', 'juliet', 'paris']) server.addUser(name, PASSWORD)
  server.setRoster('romeo', [{ jid: JULIET, name: 'Juliet' }])
  server.setRoster('juliet', [{ jid: 'romeo@chat.test' }])
  juliet = await connectPeer(server, 'juliet', PASSWORD)
})
afterEach(async () => void (await Promise.all(devices.splice(0).map((device) => device.close()))))
afterAll(() => server.dispose())

async function start(name = 'romeo'): Promise<LiveApp> {
  const share = ++started / 20
  const device = await startLiveApp(server, name, PASSWORD, { random: () => share })
  devices.push(device)
  return device
}

const history = (device: LiveApp, counterpart = JULIET): readonly string[] =>
  device.messages(counterpart).map(({ direction, body, state }) => `${direction} ${body} ${state}`)

test('both histories are equal after a conversation on both', async () => {
  const [desk, laptop] = [await start(), await start()]
  desk.say(JULIET, 'from the desk')
  await juliet.waitForMessage('from the desk')
  juliet.say(desk.jid, 'to all of them')
  await expect.poll(() => history(laptop)).toHaveLength(2)
  laptop.say(JULIET, 'from the laptop')
  await juliet.waitForMessage('from the laptop')
  await expect
    .poll(() => [history(desk), history(laptop)])
    .toEqual(
      Array.from({ length: 2 }, () => [
        'out from the desk sent',
        'in to all of them received',
        'out from the laptop sent',
      ]),
    )
})

test('what is said to one device alone is heard on the other', async () => {
  const [desk, laptop] = [await start('paris'), await start('paris')]
  const full = desk.app.state().connections[0]?.state
  if (full?.phase !== 'online') throw new Error('not online')
  juliet.say(full.jid, 'to the desk alone')
  await expect.poll(() => history(desk)).toEqual(['in to the desk alone received'])
  await expect.poll(() => history(laptop)).toEqual(['in to the desk alone received'])
})

test('a server that wants to know hears that nobody looks, and messages still come', async () => {
  const desk = await start()
  desk.app.setVisible(false)
  await expect.poll(() => desk.traffic.out.join('')).toContain('<inactive xmlns="urn:xmpp:csi:0"/>')
  juliet.say(desk.jid, 'are you there?')
  await expect.poll(() => history(desk).at(-1)).toBe('in are you there? received')
})

test('what is under way just when nobody looks any more comes all the same', async () => {
  const desk = await start()
  for (let round = 0; round < 40; round += 1) {
    juliet.say(desk.jid, `round ${round}`)
    desk.app.setVisible(false)
    await expect.poll(() => history(desk).at(-1), { interval: 5 }).toBe(`in round ${round} received`)
    desk.app.setVisible(true)
  }
})

const unread = (device: LiveApp): number | undefined =>
  device.app.state().conversations.find(({ counterpart }) => counterpart === JULIET)?.unreadCount

test('what is read on one device is read on the other, and hidden from everybody else', async () => {
  const [desk, laptop] = [await start(), await start()]
  // From then on the ids of the archive are trusted.
  for (const { traffic } of [desk, laptop]) {
    await expect.poll(() => traffic.out.join('')).toContain(`<items node="${MDS}"`)
  }
  juliet.say(desk.jid, 'read me')
  await expect.poll(() => [unread(desk), unread(laptop)]).toEqual([1, 1])
  desk.app.markRead(desk.app.openConversation({ accountId: desk.accountId, jid: JULIET as BareJid }).id)
  await expect.poll(() => [unread(desk), unread(laptop)]).toEqual([0, 0])
  juliet.say(desk.jid, 'and me')
  await expect.poll(() => [unread(desk), unread(laptop)]).toEqual([1, 1])
  laptop.app.markRead(laptop.app.openConversation({ accountId: laptop.accountId, jid: JULIET as BareJid }).id)
  await expect.poll(() => [unread(desk), unread(laptop)]).toEqual([0, 0])
  const closed = await juliet.request(
    'get',
    element('pubsub', { xmlns: PUBSUB }, element('items', { node: MDS })),
    desk.jid,
  )
  expect(closed.attrs['type']).toBe('error')
})
