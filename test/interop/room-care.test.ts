/** Making rooms and keeping them on two devices, on Prosody 13 and ejabberd: each has its own form, and keeps bookmarks its own way. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import type { Room } from '../../src-main/model/room.ts'
import { startEjabberd, type Ejabberd } from '../helpers/ejabberd.ts'
import { startLiveApp, type LiveApp } from '../helpers/live-app.ts'
import type { Prosody } from '../helpers/prosody.ts'
import { startProsody13 } from '../helpers/prosody13.ts'

const PASSWORD = 'all in one room'
const WAIT = { timeout: 15_000 }

async function startServer(kind: string): Promise<Prosody | Ejabberd> {
  if (kind === 'ejabberd') return startEjabberd({ rooms: true })
  const rooms = `Component "rooms.chat.test" "muc"\n  modules_enabled = { "muc_mam" }\n  restrict_room_creation = false`
  return startProsody13({ extraHosts: rooms })
}

const roomOf = (device: LiveApp, jid: BareJid): Room | undefined =>
  device.app.state().rooms.find((room) => room.jid === jid)

describe.each(['Prosody', 'ejabberd'])('%s', (kind) => {
  const service = (kind === 'ejabberd' ? 'conference.chat.test' : 'rooms.chat.test') as BareJid
  const group = `group@${service}` as BareJid
  const channel = `channel@${service}` as BareJid
  let server: Prosody | Ejabberd
  let desk: LiveApp
  let laptop: LiveApp
  let juliet: LiveApp

  beforeAll(async () => {
    server = await startServer(kind)
    for (const name of ['romeo', 'juliet']) await server.addUser(name, PASSWORD)
    desk = await startLiveApp(server, 'romeo', PASSWORD, { random: () => 0.1 })
    laptop = await startLiveApp(server, 'romeo', PASSWORD, { random: () => 0.2 })
    juliet = await startLiveApp(server, 'juliet', PASSWORD, { random: () => 0.3 })
  })
  afterAll(async () => {
    await Promise.all([desk, laptop, juliet].map((device) => device.close()))
    await server.dispose()
  })

  const make = (jid: BareJid, preset: 'group' | 'channel', invite: BareJid[] = []) =>
    desk.app.createRoom({ accountId: desk.accountId, jid, nick: 'romeo', name: 'Verona', preset, invite })

  test('a private group is what it promises, on all devices, and who is asked in gets in', async () => {
    await make(group, 'group', [juliet.jid])
    await expect
      .poll(() => roomOf(desk, group)?.traits, WAIT)
      .toMatchObject({ name: 'Verona', membersOnly: true, hidden: true, nonAnonymous: true, archived: true, temporary: false }) // prettier-ignore
    await expect.poll(() => roomOf(laptop, group), WAIT).toMatchObject({ phase: 'in', autojoin: true })
    await expect.poll(() => juliet.app.state().invitations, WAIT).toMatchObject([{ room: group }])
    await juliet.app.joinRoom({ accountId: juliet.accountId, jid: group, nick: 'juliet', autojoin: true })
    await expect.poll(() => roomOf(juliet, group)?.phase, WAIT).toBe('in')
    expect(juliet.app.state().invitations).toEqual([])
  })

  test('who leaves on one device leaves on the other', async () => {
    // ejabberd writes all bookmarks anew with each: of two changes at the same moment one may be lost there.
    await expect.poll(() => desk.storage.listBookmarksDue(desk.accountId), WAIT).toEqual([])
    const { conversationId = 0 } = roomOf(laptop, group) ?? {}
    await laptop.app.leaveRoom({ conversationId })
    await expect.poll(() => roomOf(desk, group), WAIT).toMatchObject({ phase: 'out', autojoin: false })
  })

  test('a public channel is open and listed', async () => {
    await make(channel, 'channel')
    await expect
      .poll(() => roomOf(desk, channel)?.traits, WAIT)
      .toMatchObject({
        membersOnly: false,
        hidden: false,
        nonAnonymous: false,
        archived: true,
        temporary: false,
      })
    const { accountId } = juliet
    const services = await juliet.app.listRoomServices({ accountId })
    expect(services.map(({ jid }) => jid)).toContain(service)
    const { rooms } = await juliet.app.listRooms({ accountId, service })
    expect(rooms.map(({ jid }) => jid)).toContain(channel)
  })

  test('one that is taken is not made anew', async () => {
    const again = juliet.app.createRoom({
      ...{ accountId: juliet.accountId, jid: channel, nick: 'juliet', name: 'Mine' },
      ...{ preset: 'channel', invite: [] },
    })
    await expect(again).rejects.toMatchObject({ data: { condition: 'conflict' } })
  })

  test('the end of a room is the end for all', async () => {
    const { conversationId = 0 } = roomOf(desk, channel) ?? {}
    await desk.app.destroyRoom({ conversationId, reason: 'the feud' })
    await expect.poll(() => roomOf(laptop, channel)?.bookmarked, WAIT).toBe(false)
    await expect.poll(() => roomOf(desk, channel)?.phase, WAIT).not.toBe('in')
  })
})
