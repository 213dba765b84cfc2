/** Two devices of one account, and another account, on a real Prosody: bookmarks, the directory, invitations. */
import element from '@xmpp/xml'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import type { Room } from '../../src-main/model/room.ts'
import { startLiveApp, type LiveApp } from '../helpers/live-app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'

const PASSWORD = 'on all of them'
const SERVICE = 'conference.chat.test' as BareJid
const NS_BOOKMARKS = 'urn:xmpp:bookmarks:1'
const PUBSUB = 'http://jabber.org/protocol/pubsub'
const MUC = 'http://jabber.org/protocol/muc'

let server: Prosody
let juliet: Peer
let started = 0
const devices: LiveApp[] = []

beforeAll(async () => {
  server = await startProsody()
  for (const name of ['romeo', 'juliet', 'paris', 'nurse']) server.addUser(name, PASSWORD)
  juliet = await connectPeer(server, 'juliet', PASSWORD)
})
afterEach(async () => void (await Promise.all(devices.splice(0).map((device) => device.close()))))
afterAll(() => server.dispose())

async function start(name: string): Promise<LiveApp> {
  const share = ++started / 20
  const device = await startLiveApp(server, name, PASSWORD, { random: () => share })
  devices.push(device)
  // From then on changes are told.
  await expect.poll(() => device.traffic.in.join('')).toMatch(/urn:xmpp:bookmarks:1|item-not-found/)
  return device
}

/** The other client's room, open to everybody, with it inside. */
async function openRoom(name: string): Promise<BareJid> {
  const room = `${name}@${SERVICE}` as BareJid
  juliet.send(element('presence', { to: `${room}/juliet` }, element('x', { xmlns: MUC })))
  await juliet.waitFor((stanza) => stanza.is('presence') && stanza.attrs.from === `${room}/juliet`)
  const field = (name: string, value: string) => element('field', { var: name }, element('value', {}, value))
  const form = element(
    'x',
    { xmlns: 'jabber:x:data', type: 'submit' },
    field('FORM_TYPE', `${MUC}#roomconfig`),
    field('muc#roomconfig_publicroom', '1'),
  )
  await juliet.request('set', element('query', { xmlns: `${MUC}#owner` }, form), room)
  return room
}
const roomOf = (device: LiveApp, jid: BareJid): Room | undefined =>
  device.app.state().rooms.find((room) => room.jid === jid)

test('a room that is joined, renamed, pinned and left on one device is so on the other', async () => {
  const room = await openRoom('orchard')
  const [desk, laptop] = [await start('romeo'), await start('romeo')]
  const { accountId } = desk
  const { id } = await desk.app.joinRoom({ accountId, jid: room, nick: 'montague', autojoin: true })
  await expect.poll(() => roomOf(desk, room)?.phase).toBe('in')
  await expect
    .poll(() => roomOf(laptop, room))
    .toMatchObject({ phase: 'in', nick: 'montague', autojoin: true })
  await desk.app.nameRoom({ conversationId: id, name: 'Where we meet' })
  desk.app.pinConversation({ conversationId: id, pinned: true })
  await desk.app.setRoomNotify({ conversationId: id, notify: 'none' })
  await expect.poll(() => roomOf(laptop, room)).toMatchObject({ name: 'Where we meet', notify: 'none' })
  const pinned = () =>
    laptop.app.state().conversations.some(({ counterpart, pinnedAt }) => counterpart === room && pinnedAt)
  await expect.poll(pinned).toBe(true)
  await laptop.app.leaveRoom({ conversationId: roomOf(laptop, room)?.conversationId ?? 0 })
  await expect
    .poll(() => roomOf(desk, room))
    .toMatchObject({ phase: 'out', autojoin: false, bookmarked: true })
})

test('bookmarks are nobody else’s to read, and come back on a new device with what others wrote into them', async () => {
  const room = await openRoom('heath')
  const desk = await start('paris')
  const { id } = await desk.app.joinRoom({
    accountId: desk.accountId,
    jid: room,
    nick: 'count',
    autojoin: true,
  })
  await expect.poll(() => desk.storage.listBookmarksDue(desk.accountId)).toEqual([])
  await expect.poll(() => desk.traffic.in.join('')).toContain('<conference')
  const items = element('items', { node: NS_BOOKMARKS })
  const closed = await juliet.request('get', element('pubsub', { xmlns: PUBSUB }, items), desk.jid)
  expect(closed.attrs.type).toBe('error')

  const other = await connectPeer(server, 'paris', PASSWORD, { resource: 'other' })
  const state = element('state', { xmlns: 'http://myclient.example/state', minimized: 'true' })
  const conference = element(
    'conference',
    { xmlns: NS_BOOKMARKS, autojoin: 'true' },
    element('nick', {}, 'count'),
    element('extensions', {}, state),
  )
  const publish = element('publish', { node: NS_BOOKMARKS }, element('item', { id: room }, conference))
  await other.request('set', element('pubsub', { xmlns: PUBSUB }, publish))
  await expect.poll(() => desk.traffic.in.join('')).toContain('minimized')
  await desk.app.nameRoom({ conversationId: id, name: 'Mine' })
  await expect.poll(() => desk.storage.listBookmarksDue(desk.accountId)).toEqual([])
  const kept = await other.request(
    'get',
    element('pubsub', { xmlns: PUBSUB }, element('items', { node: NS_BOOKMARKS })),
  )
  expect(kept.toString()).toContain('name="Mine"')
  expect(kept.toString()).toContain('http://myclient.example/state')
  other.close()

  const laptop = await start('paris')
  await expect.poll(() => roomOf(laptop, room)).toMatchObject({ phase: 'in', nick: 'count', name: 'Mine' })
})

test('the server’s rooms are found, seen into, and joined by the one who is asked in', async () => {
  const room = await openRoom('garden')
  const nurse = await start('nurse')
  const { accountId } = nurse
  expect(await nurse.app.listRoomServices({ accountId })).toMatchObject([{ jid: SERVICE, kind: 'rooms' }])
  const { rooms } = await nurse.app.listRooms({ accountId, service: SERVICE })
  expect(rooms.map(({ jid }) => jid)).toContain(room)
  const shown = await nurse.app.previewRoom({ accountId, jid: room })
  expect(shown).toMatchObject({ jid: room, nick: 'nurse', traits: { membersOnly: false, archived: true } })

  const invite = element('invite', { to: nurse.jid }, element('reason', {}, 'Come'))
  juliet.send(element('message', { to: room }, element('x', { xmlns: `${MUC}#user` }, invite)))
  await expect.poll(() => nurse.app.state().invitations).toMatchObject([{ room, reason: 'Come' }])
  expect(nurse.app.state().invitations[0]?.from).toContain('juliet')
  expect(roomOf(nurse, room)).toBeUndefined()
  const [{ id } = { id: 0 }] = nurse.app.state().invitations
  await nurse.app.answerInvitation({ invitationId: id, answer: 'accept' })
  await nurse.app.joinRoom({ accountId, jid: room, nick: 'nurse', autojoin: false })
  await expect.poll(() => roomOf(nurse, room)?.phase).toBe('in')

  const other = await openRoom('tomb')
  const again = element('invite', { to: nurse.jid })
  juliet.send(element('message', { to: other }, element('x', { xmlns: `${MUC}#user` }, again)))
  await expect.poll(() => nurse.app.state().invitations).toMatchObject([{ room: other }])
  const [{ id: second } = { id: 0 }] = nurse.app.state().invitations
  await nurse.app.answerInvitation({ invitationId: second, answer: 'decline' })
  await juliet.waitFor((stanza) => stanza.getChild('x', `${MUC}#user`)?.getChild('decline') !== undefined)
})
