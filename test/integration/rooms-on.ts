/** Rooms on a real server, with three Linnets and another client: said once, to everybody, in one order. */
import element from '@xmpp/xml'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { parseBareJid, type BareJid } from '../../src-main/model/jid.ts'
import type { Message } from '../../src-main/model/message.ts'
import type { Room } from '../../src-main/model/room.ts'
import { startLiveApp, type LiveApp, type LiveAppOptions } from '../helpers/live-app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import type { Prosody } from '../helpers/prosody.ts'
import { startTcpProxy } from '../helpers/tcp-proxy.ts'

const PASSWORD = 'what light'
const MUC = 'http://jabber.org/protocol/muc'

export interface RoomServer extends Pick<Prosody, 'domain' | 'tlsPort' | 'caFile' | 'dispose'> {
  addUser(name: string, password: string): void | Promise<void>
}

let server: RoomServer
let owner: Peer
let count = 0
let garden: BareJid
const apps: LiveApp[] = []

/** Instantly, by a client that is not ours, which stays in it as escalus. */
async function makeRoom(): Promise<BareJid> {
  const room = parseBareJid(`garden${++count}@conference.${server.domain}`)
  if (room === undefined) throw new Error('no address')
  const there = (each: { is(name: string): boolean; attrs: Record<string, unknown> }): boolean =>
    each.is('presence') && each.attrs['from'] === `${room}/escalus`
  owner.send(`<presence to='${room}/escalus'><x xmlns='${MUC}'/></presence>`)
  await owner.waitFor(there)
  const form = element(
    'query',
    { xmlns: `${MUC}#owner` },
    element('x', { xmlns: 'jabber:x:data', type: 'submit' }),
  )
  await owner.request('set', form, room)
  return room
}

async function start(name: string, options: LiveAppOptions = {}): Promise<LiveApp> {
  const live = await startLiveApp(server, name, PASSWORD, { random: () => 0.1 * apps.length, ...options })
  apps.push(live)
  return live
}

async function join(live: LiveApp, nick: string): Promise<number> {
  const { id } = await live.app.joinRoom({
    accountId: live.accountId,
    jid: garden,
    nick,
    autojoin: false,
  })
  await expect.poll(() => roomOf(live)?.phase, { timeout: 10_000 }).toBe('in')
  return id
}

function roomOf(live: LiveApp): Room | undefined {
  return live.app.state().rooms.find(({ jid }) => jid === garden)
}

function rows(live: LiveApp): readonly Message[] {
  const id = roomOf(live)?.conversationId ?? 0
  return live.storage.pageMessages({ conversationId: id, limit: 500 }).messages
}
const said = (live: LiveApp): readonly string[] =>
  rows(live).map(
    ({ author, body, state }) => `${author?.nick ?? '?'}: ${body}${state === 'pending' ? ' …' : ''}`,
  )

function say(live: LiveApp, body: string): void {
  live.app.sendMessage({ conversationId: roomOf(live)?.conversationId ?? 0, body })
}

/** All of it is what any server gives that has rooms with an archive and occupant-ids. */
export function testRoomsOn(startServer: () => Promise<RoomServer>): void {
  beforeAll(async () => {
    server = await startServer()
    for (const name of ['romeo', 'juliet', 'nurse', 'escalus']) await server.addUser(name, PASSWORD)
    owner = await connectPeer(server, 'escalus', PASSWORD)
  })
  beforeEach(async () => {
    garden = await makeRoom()
  })
  afterEach(async () => void (await Promise.all(apps.splice(0).map((each) => each.close()))))
  afterAll(async () => {
    owner.close()
    await server.dispose()
  })

  sharedRooms()
  comingBack()
  deedsInRooms()
  doors()
}

function sharedRooms(): void {
  test('three are in, and all hear the same in the same order', async () => {
    const [romeo, juliet, nurse] = [await start('romeo'), await start('juliet'), await start('nurse')]
    await join(romeo, 'romeo')
    await join(juliet, 'juliet')
    await join(nurse, 'nurse')
    await expect.poll(() => roomOf(romeo)?.occupantCount).toBe(4)
    expect(roomOf(romeo)?.traits).toMatchObject({ archived: true, occupantIds: true, stanzaIds: true })
    say(romeo, 'one')
    say(juliet, 'two')
    say(nurse, 'three')
    await expect.poll(() => said(romeo)).toHaveLength(3)
    await expect.poll(() => said(romeo).join()).not.toContain('…')
    await expect.poll(() => said(juliet)).toEqual(said(romeo))
    await expect.poll(() => said(nurse)).toEqual(said(romeo))
    expect(
      rows(romeo)
        .map(({ direction }) => direction)
        .filter((each) => each === 'out'),
    ).toHaveLength(1)
  })

  test('who comes later reads what was said before, from the archive, as no news', async () => {
    const romeo = await start('romeo')
    await join(romeo, 'romeo')
    for (let number = 1; number <= 150; number += 1) say(romeo, `m${number}`)
    await expect.poll(() => said(romeo).at(-1), { timeout: 20_000 }).toBe('romeo: m150')
    const juliet = await start('juliet')
    const id = await join(juliet, 'juliet')
    await expect.poll(() => said(juliet).at(-1)).toBe('romeo: m150')
    expect(juliet.app.state().conversations.find((each) => each.id === id)?.unreadCount).toBe(0)
    while ((await juliet.app.loadOlder({ conversationId: id })).more);
    expect(said(juliet)).toEqual(said(romeo))
  })

  test('a stream that is lost costs no message and doubles none', async () => {
    const proxy = await startTcpProxy(server.tlsPort)
    const [romeo, juliet] = [await start('romeo', { port: proxy.port }), await start('juliet')]
    await join(romeo, 'romeo')
    await join(juliet, 'juliet')
    say(romeo, 'before')
    await expect.poll(() => said(juliet)).toEqual(['romeo: before'])
    proxy.cut()
    say(romeo, 'while away')
    for (let number = 1; number <= 20; number += 1) say(juliet, `meanwhile ${number}`)
    await expect.poll(() => said(juliet).length, { timeout: 20_000 }).toBe(22)
    await expect.poll(() => said(romeo), { timeout: 20_000 }).toEqual(said(juliet))
    await proxy.close()
  })
}

function comingBack(): void {
  test('who starts again is in the room again, with what was said meanwhile, as news', async () => {
    const [romeo, juliet] = [await start('romeo'), await start('juliet')]
    await join(romeo, 'romeo')
    await join(juliet, 'juliet')
    say(juliet, 'before')
    await expect.poll(() => said(romeo)).toEqual(['juliet: before'])
    romeo.app.markRead(roomOf(romeo)?.conversationId ?? 0)
    await romeo.close()
    await expect.poll(() => roomOf(juliet)?.occupantCount).toBe(2)
    for (let number = 1; number <= 30; number += 1) say(juliet, `meanwhile ${number}`)
    await expect.poll(() => said(juliet).join(), { timeout: 10_000 }).not.toContain('…')
    const again = await start('romeo', { storage: romeo.storage })
    await expect.poll(() => roomOf(again)?.phase, { timeout: 10_000 }).toBe('in')
    await expect.poll(() => said(again), { timeout: 10_000 }).toEqual(said(juliet))
    const room = again.app.state().conversations.find(({ kind }) => kind === 'room')
    expect(room?.unreadCount).toBe(30)
    say(again, 'here I am')
    await expect.poll(() => said(juliet).at(-1)).toBe('romeo: here I am')
  })

  test('what is read on one device is read on the other', async () => {
    const [desk, laptop, juliet] = [await start('romeo'), await start('romeo'), await start('juliet')]
    await join(desk, 'romeo')
    await join(laptop, 'romeo')
    await join(juliet, 'juliet')
    const unread = (live: LiveApp) =>
      live.app.state().conversations.find(({ counterpart }) => counterpart === garden)?.unreadCount
    say(juliet, 'hark, romeo')
    await expect.poll(() => [unread(desk), unread(laptop)]).toEqual([1, 1])
    expect(roomOf(laptop)?.mentions).toBe(1)
    desk.app.markRead(roomOf(desk)?.conversationId ?? 0)
    await expect.poll(() => unread(laptop)).toBe(0)
    expect(roomOf(laptop)?.mentions).toBe(0)
    say(desk, 'here')
    await expect.poll(() => said(laptop)).toEqual(['juliet: hark, romeo', 'romeo: here'])
    await expect.poll(() => rows(laptop)[1]?.direction).toBe('out')
  })
}

function deedsInRooms(): void {
  test('corrected, taken back, answered and reacted to', async () => {
    const [romeo, juliet] = [await start('romeo'), await start('juliet')]
    const conversationId = await join(romeo, 'romeo')
    await join(juliet, 'juliet')
    say(juliet, 'tonigt')
    await expect.poll(() => said(romeo)).toEqual(['juliet: tonigt'])
    await expect.poll(() => rows(juliet)[0]?.state).toBe('sent')
    juliet.app.correctMessage({ messageId: rows(juliet)[0]?.id ?? 0, body: 'tonight' })
    await expect.poll(() => said(romeo)).toEqual(['juliet: tonight'])
    romeo.app.reactToMessage({ messageId: rows(romeo)[0]?.id ?? 0, emoji: '🌹', chosen: true })
    await expect
      .poll(() => rows(juliet)[0]?.reactions)
      .toMatchObject([{ author: { nick: 'romeo' }, emoji: ['🌹'] }])
    romeo.app.sendMessage({ conversationId, body: 'I come', replyTo: rows(romeo)[0]?.id ?? 0 })
    await expect.poll(() => rows(juliet)[1]?.reply?.original?.body).toBe('tonight')
    expect(rows(juliet)[1]?.body).toBe('I come')
    juliet.app.retractMessage(rows(juliet)[0]?.id ?? 0)
    await expect.poll(() => rows(romeo)[0]?.retractedAt).toBeDefined()
  })

  test('a whisper has a conversation of its own, on both sides', async () => {
    const [romeo, juliet] = [await start('romeo'), await start('juliet')]
    const conversationId = await join(romeo, 'romeo')
    await join(juliet, 'juliet')
    const { id } = await romeo.app.openPrivate({ conversationId, nick: 'juliet' })
    romeo.app.sendMessage({ conversationId: id, body: 'psst' })
    const whisper = () => juliet.app.state().conversations.find(({ kind }) => kind === 'private')
    await expect.poll(whisper).toMatchObject({ counterpart: garden, nick: 'romeo', unreadCount: 1 })
    expect(rows(juliet)).toEqual([])
  })
}

function doors(): void {
  test('thrown out, and told by whom and why; nobody knocks again', async () => {
    const romeo = await start('romeo')
    await join(romeo, 'romeo')
    const item = element('item', { nick: 'romeo', role: 'none' }, element('reason', {}, 'Banished'))
    await owner.request('set', element('query', { xmlns: `${MUC}#admin` }, item), garden)
    await expect
      .poll(() => roomOf(romeo)?.problem)
      .toEqual({ code: 'was-kicked', actor: 'escalus', reason: 'Banished' })
    expect(roomOf(romeo)?.phase).toBe('failed')
  })

  test('a nick that is taken is refused, with one that may do', async () => {
    const romeo = await start('romeo')
    await romeo.app.joinRoom({ accountId: romeo.accountId, jid: garden, nick: 'escalus', autojoin: false })
    await expect
      .poll(() => roomOf(romeo)?.problem, { timeout: 10_000 })
      .toMatchObject({ code: 'nick-taken', free: 'escalus 2' })
  })
}
