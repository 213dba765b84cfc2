/** Making a room and caring for it, on a real Prosody, with other clients in it. */
import element from '@xmpp/xml'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import type { Room } from '../../src-main/model/room.ts'
import { startLiveApp, type LiveApp } from '../helpers/live-app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'

const PASSWORD = 'macbeth'
const SERVICE = 'conference.chat.test'
const CAVE = `cave@${SERVICE}` as BareJid
const SQUARE = `square@${SERVICE}` as BareJid
const MUC = 'http://jabber.org/protocol/muc'

let server: Prosody
let owner: LiveApp
let hecate: Peer
let pistol: Peer

beforeAll(async () => {
  server = await startProsody({
    extraHosts: `Component "moderated.chat.test" "muc"
  modules_enabled = { "muc_mam"; "muc_moderation" }
  restrict_room_creation = false
`,
  })
  for (const name of ['witch', 'hecate', 'pistol']) server.addUser(name, PASSWORD)
  owner = await startLiveApp(server, 'witch', PASSWORD)
  hecate = await connectPeer(server, 'hecate', PASSWORD)
  pistol = await connectPeer(server, 'pistol', PASSWORD)
})
afterAll(async () => {
  await owner.close()
  await server.dispose()
})

const enter = (peer: Peer, room: string, nick: string): void =>
  peer.send(element('presence', { to: `${room}/${nick}` }, element('x', { xmlns: MUC })))
const told = (peer: Peer, room: string, nick: string, type?: string) =>
  peer.waitFor((stanza) => stanza.is('presence') && stanza.attrs.from === `${room}/${nick}` && stanza.attrs.type === type) // prettier-ignore
const roomOf = (jid: BareJid): Room | undefined => owner.app.state().rooms.find((room) => room.jid === jid)
const make = (jid: BareJid, preset: 'group' | 'channel', invite: BareJid[] = []) =>
  owner.app.createRoom({
    accountId: owner.accountId,
    jid,
    nick: 'witch',
    name: 'A Dark Cave',
    preset,
    invite,
  })

test('a private group is for its members, who are asked in', async () => {
  const { id: conversationId } = await make(CAVE, 'group', [hecate.bareJid as BareJid])
  expect(roomOf(CAVE)).toMatchObject({ phase: 'in', affiliation: 'owner', bookmarked: true, autojoin: true })
  await expect
    .poll(() => roomOf(CAVE)?.traits)
    .toMatchObject({
      name: 'A Dark Cave',
      membersOnly: true,
      hidden: true,
      nonAnonymous: true,
      temporary: false,
    })
  await hecate.waitFor((stanza) => stanza.getChild('x', `${MUC}#user`)?.getChild('invite') !== undefined)
  enter(hecate, CAVE, 'hecate')
  await told(hecate, CAVE, 'hecate')
  enter(pistol, CAVE, 'pistol')
  expect(String(await told(pistol, CAVE, 'pistol', 'error'))).toContain('registration-required')
  const members = await owner.app.listAffiliations({ conversationId, affiliation: 'member' })
  expect(members.entries.map(({ jid }) => jid)).toEqual([hecate.bareJid])
})

test('its form is read and changed', async () => {
  const { conversationId = 0 } = roomOf(CAVE) ?? {}
  const form = await owner.app.fetchRoomConfig({ conversationId })
  const name = form.fields.find((field) => field.name === 'muc#roomconfig_roomname')
  expect(name?.values).toEqual(['A Dark Cave'])
  const answers = form.fields
    .filter(({ type }) => type !== 'fixed')
    .map(({ name: each, type, values }) => ({
      ...{ name: each, type },
      values: each === 'muc#roomconfig_roomname' ? ['A Bright Cave'] : [...values],
    }))
  await owner.app.submitRoomConfig({ conversationId, answers })
  await expect.poll(() => roomOf(CAVE)?.traits?.name).toBe('A Bright Cave')
  await owner.app.cancelRoomConfig({ conversationId })
  expect(roomOf(CAVE)?.phase).toBe('in')
})

test('an address that is taken is left as it is', async () => {
  enter(hecate, SQUARE, 'hecate')
  await told(hecate, SQUARE, 'hecate')
  const form = element('x', { xmlns: 'jabber:x:data', type: 'submit' })
  await hecate.request('set', element('query', { xmlns: `${MUC}#owner` }, form), SQUARE)
  await expect(make(SQUARE, 'channel')).rejects.toMatchObject({ data: { condition: 'conflict' } })
  expect(roomOf(SQUARE)).toBeUndefined()
})

test('a public channel is open and listed; who disturbs is thrown out, then banned', async () => {
  const market = `market@${SERVICE}` as BareJid
  const { id: conversationId } = await make(market, 'channel')
  await expect
    .poll(() => roomOf(market)?.traits)
    .toMatchObject({ membersOnly: false, hidden: false, nonAnonymous: false })
  const { rooms } = await owner.app.listRooms({ accountId: owner.accountId, service: SERVICE as BareJid })
  expect(rooms.map(({ jid }) => jid)).toContain(market)
  expect(rooms.map(({ jid }) => jid)).not.toContain(CAVE)

  enter(pistol, market, 'pistol')
  await told(pistol, market, 'pistol')
  await owner.app.setRole({ conversationId, nick: 'pistol', role: 'none', reason: 'Avaunt, you cullion!' })
  const kicked = String(await told(pistol, market, 'pistol', 'unavailable'))
  expect(kicked).toContain('code="307"')
  expect(kicked).toContain('Avaunt, you cullion!')
  const jid = pistol.bareJid as BareJid
  await owner.app.setAffiliation({ conversationId, jid, affiliation: 'outcast', reason: 'Treason' })
  const banned = await owner.app.listAffiliations({ conversationId, affiliation: 'outcast' })
  expect(banned.entries.map((each) => each.jid)).toEqual([pistol.bareJid])
  enter(pistol, market, 'again')
  expect(String(await told(pistol, market, 'again', 'error'))).toContain('forbidden')
})

test('a visitor who asks to be heard is heard', async () => {
  const hall = `hall@${SERVICE}` as BareJid
  const { id: conversationId } = await make(hall, 'channel')
  const moderated = { name: 'muc#roomconfig_moderatedroom', type: 'boolean', values: ['1'] } as const
  await owner.app.submitRoomConfig({ conversationId, answers: [{ ...moderated, values: ['1'] }] })
  enter(hecate, hall, 'hecate')
  expect(String(await told(hecate, hall, 'hecate'))).toContain('role="visitor"')
  const field = (name: string, value: string) => element('field', { var: name }, element('value', {}, value))
  const request = element(
    'x',
    { xmlns: 'jabber:x:data', type: 'submit' },
    field('FORM_TYPE', `${MUC}#request`),
    field('muc#role', 'participant'),
  )
  const asked = new Promise<string>((resolve) =>
    owner.app.events.on('room.voiceRequested', ({ nick }) => resolve(nick)),
  )
  hecate.send(element('message', { to: hall }, request))
  expect(await asked).toBe('hecate')
  await owner.app.answerVoiceRequest({ conversationId, kind: 'voice', nick: 'hecate', allow: true })
  await hecate.waitFor((stanza) => stanza.is('presence') && stanza.attrs.from === `${hall}/hecate` && stanza.toString().includes('role="participant"')) // prettier-ignore
})

test('a message is taken back for everybody', async () => {
  const stage = `stage@moderated.chat.test` as BareJid
  await make(stage, 'channel')
  enter(hecate, stage, 'hecate')
  await told(hecate, stage, 'hecate')
  hecate.send(
    element('message', { to: stage, type: 'groupchat', id: 'noise-1' }, element('body', {}, 'noise')),
  )
  const noise = () => owner.messages(stage).find(({ body }) => body === 'noise')
  await expect.poll(noise).toBeDefined()
  await owner.app.moderateMessage({ messageId: noise()?.id ?? 0, reason: 'noise' })
  await hecate.waitFor((stanza) => stanza.attrs.from === stage && stanza.toString().includes('moderated'))
})

test('its end tells where it goes on, and takes the bookmark with it', async () => {
  const { conversationId = 0 } = roomOf(CAVE) ?? {}
  await owner.app.destroyRoom({ conversationId, reason: 'Macbeth doth come', alternative: SQUARE })
  const gone = String(await told(hecate, CAVE, 'hecate', 'unavailable'))
  expect(gone).toContain(`<destroy jid="${SQUARE}"`)
  expect(gone).toContain('Macbeth doth come')
  await expect.poll(() => roomOf(CAVE)).toMatchObject({ phase: 'failed', bookmarked: false, autojoin: false })
})
