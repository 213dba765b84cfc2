/** Coming into rooms, and being taken out of them (XEP-0045 §7.2, §7.14, §9.1, §10.9). */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { answerRoster, NOW, settle, setStage, startOnline, type Stage } from '../stage.ts'
import {
  answerInfo,
  enter,
  FULL,
  joinOf,
  occupant,
  PLAIN,
  refusal,
  room,
  ROOM,
  subject,
  WITH_IDS,
} from './fake-room.ts'

beforeEach(() => vi.useFakeTimers({ now: NOW }))
afterEach(() => vi.useRealTimers())

async function join(stage: Stage, features: readonly string[] = PLAIN) {
  const stream = await startOnline(stage)
  await stage.app.joinRoom({ accountId: 1, jid: ROOM, nick: 'romeo', autojoin: false })
  await settle()
  const sent = await answerInfo(stream, features)
  return { stream, join: joinOf(sent) }
}

describe('coming in', () => {
  test('the room is asked what it is, then entered, with a little history where it keeps none', async () => {
    const stage = setStage()
    const { stream, join: presence } = await join(stage)
    expect(presence.attrs['to']).toBe(`${ROOM}/romeo`)
    const history = presence.getChild('x')?.getChild('history')
    expect(history?.attrs['maxstanzas']).toBe('50')
    expect(room(stage)).toMatchObject({ phase: 'joining', nick: 'romeo', name: 'Garden' })
    stream.receive(occupant('juliet', { affiliation: 'owner', role: 'moderator' }))
    stream.receive(occupant('romeo', { codes: [110], affiliation: 'member' }))
    stream.receive(subject('Roses'))
    await settle(100)
    expect(room(stage)).toMatchObject({
      phase: 'in',
      affiliation: 'member',
      role: 'participant',
      subject: 'Roses',
      subjectBy: 'juliet',
      occupantCount: 2,
    })
  })

  test('with an archive, the room sends no history', async () => {
    const stage = setStage()
    const { join: presence } = await join(stage, FULL)
    expect(presence.getChild('x')?.getChild('history')?.attrs['maxstanzas']).toBe('0')
  })

  test('what is no room is not made by a slip', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    await stage.app.joinRoom({ accountId: 1, jid: ROOM, nick: 'romeo', autojoin: false })
    await settle()
    const [request] = stream.sent()
    stream.receive(`<iq type='error' from='${ROOM}' id='${String(request?.attrs['id'])}'><error type='cancel'>
      <item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`)
    await settle()
    expect(room(stage)).toMatchObject({ phase: 'failed', problem: { code: 'not-found' } })
    expect(stream.sent()).toEqual([])
  })

  test.each([
    ['not-authorized', { code: 'password' }],
    ['registration-required', { code: 'members-only' }],
    ['forbidden', { code: 'banned' }],
    ['conflict', { code: 'nick-taken', free: 'romeo 2' }],
    ['not-acceptable', { code: 'nick-refused' }],
    ['jid-malformed', { code: 'nick-refused' }],
    ['not-allowed', { code: 'may-not-create' }],
    ['item-not-found', { code: 'locked' }],
    ['resource-constraint', { code: 'full' }],
    ['service-unavailable', { code: 'unreachable' }],
    ['remote-server-not-found', { code: 'unreachable' }],
    ['remote-server-timeout', { code: 'unreachable' }],
    ['policy-violation', { code: 'other', detail: 'policy-violation' }],
  ])('refused with %s', async (condition, problem) => {
    const stage = setStage()
    const { stream } = await join(stage)
    stream.receive(refusal(condition))
    await settle()
    expect(room(stage)).toMatchObject({ phase: 'failed', problem })
  })

  test('a full room says that it may be tried again', async () => {
    const stage = setStage()
    const { stream } = await join(stage)
    stream.receive(refusal('service-unavailable', '', 'wait'))
    await settle()
    expect(room(stage).problem).toEqual({ code: 'full' })
  })

  test('the room’s own words are kept beside', async () => {
    const stage = setStage()
    const { stream } = await join(stage)
    const words = `<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>You know why</text></error>`
    stream.receive(refusal('forbidden').replace('</error>', words))
    await settle()
    expect(room(stage).problem).toEqual({ code: 'banned', detail: 'You know why' })
  })

  test('gone, and where to', async () => {
    const stage = setStage()
    const { stream } = await join(stage)
    stream.receive(refusal('gone', 'xmpp:orchard@rooms.example?join', 'cancel'))
    await settle()
    expect(room(stage).problem).toEqual({ code: 'gone', jid: 'orchard@rooms.example' })
  })

  test('again with a password, which is in no table', async () => {
    const stage = setStage()
    const { stream } = await join(stage)
    stream.receive(refusal('not-authorized'))
    await settle()
    await stage.app.rejoinRoom({ conversationId: room(stage).conversationId, password: 'sesame' })
    await settle()
    expect(joinOf(stream.sent()).getChild('x')?.getChildText('password')).toBe('sesame')
    expect(JSON.stringify(stage.storage.listRooms())).not.toContain('sesame')
  })

  test('a room that says nothing is given up, and tried again', async () => {
    const stage = setStage()
    const { stream } = await join(stage)
    await settle(46_000)
    expect(room(stage).problem).toEqual({ code: 'unreachable' })
    await settle(11_000)
    expect(joinOf(stream.sent()).attrs['to']).toBe(`${ROOM}/romeo`)
  })

  test('the room may choose our nick', async () => {
    const stage = setStage()
    const { stream } = await join(stage)
    stream.receive(occupant('Romeo M.', { codes: [110, 210] }))
    await settle()
    expect(room(stage)).toMatchObject({ phase: 'in', nick: 'Romeo M.' })
  })
})

describe('being in', () => {
  test('occupants are told as they come and go, in batches', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    const all = await stage.app.listOccupants({ conversationId })
    expect(all.map(({ nick, occupantId }) => [nick, occupantId])).toEqual([
      ['juliet', 'her'],
      ['romeo', 'me'],
    ])
    stream.receive(occupant('nurse', { id: 'n' }))
    stream.receive(occupant('nurse', { id: 'n', role: 'visitor' }))
    stream.receive(occupant('juliet', { id: 'her', type: 'unavailable', role: 'none' }))
    expect(stage.events('occupants.changed')).toEqual([])
    await settle(100)
    expect(stage.events('occupants.changed')).toMatchObject([
      {
        conversationId,
        replaced: false,
        upserted: [{ nick: 'nurse', role: 'visitor' }],
        removed: ['juliet'],
      },
    ])
    expect(room(stage).occupantCount).toBe(2)
  })

  test('set up otherwise, the room is asked what it is now; an occupant can not say so', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    await settle(1000)
    const changed = (from: string): string =>
      `<message from='${from}' type='groupchat'><x xmlns='http://jabber.org/protocol/muc#user'><status code='104'/></x></message>`
    expect(room(stage).traits?.membersOnly).toBe(false)
    stream.sent()
    stream.receive(changed(`${ROOM}/juliet`))
    await settle()
    expect(await answerInfo(stream, [...WITH_IDS, 'muc_membersonly'])).toEqual([])
    stream.receive(changed(ROOM))
    await settle()
    await answerInfo(stream, [...WITH_IDS, 'muc_membersonly'])
    await settle(1000)
    expect(room(stage).traits?.membersOnly).toBe(true)
  })

  test('somebody is called otherwise, and so are we', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    stream.receive(occupant('juliet', { type: 'unavailable', codes: [303], nick: 'capulet' }))
    stream.receive(occupant('capulet', { id: 'her' }))
    const wish = stage.app.setNick({ conversationId, nick: 'montague' })
    await settle()
    expect(stream.sent().at(-1)?.attrs['to']).toBe(`${ROOM}/montague`)
    stream.receive(occupant('romeo', { type: 'unavailable', codes: [303, 110], nick: 'montague' }))
    stream.receive(occupant('montague', { id: 'me', codes: [110] }))
    await wish
    expect(room(stage)).toMatchObject({ phase: 'in', nick: 'montague', occupantCount: 2 })
  })

  test('joining once more under another nick is to be called otherwise', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    await stage.app.joinRoom({ accountId: 1, jid: ROOM, nick: 'montague', autojoin: false })
    await settle()
    const [presence] = stream.sent().filter((each) => each.is('presence'))
    expect(presence?.attrs['to']).toBe(`${ROOM}/montague`)
    expect(presence?.getChild('x', 'http://jabber.org/protocol/muc')).toBeUndefined()
    expect(room(stage)).toMatchObject({ phase: 'in', nick: 'romeo', occupantCount: 2 })
  })

  test('a nick that is taken is refused, and we stay who we are', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    const wish = stage.app.setNick({ conversationId, nick: 'juliet' })
    await settle()
    stream.receive(refusal('conflict').replace('/romeo', '/juliet'))
    await expect(wish).rejects.toMatchObject({ data: { condition: 'conflict' } })
    expect(room(stage)).toMatchObject({ phase: 'in', nick: 'romeo' })
  })

  test('an occupant cannot say that it is us', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(occupant('iago', { codes: [110], role: 'none', affiliation: 'outcast' }))
    stream.receive(occupant('iago', { codes: [110, 307], type: 'unavailable', role: 'none' }))
    await settle(100)
    expect(room(stage)).toMatchObject({ phase: 'in', nick: 'romeo', role: 'participant' })
  })

  test.each([
    [[307], 'was-kicked'],
    [[301], 'was-banned'],
    [[321], 'affiliation-lost'],
    [[322], 'became-members-only'],
    [[332], 'shut-down'],
    [[333, 307], 'technical'],
  ])('taken out with %j: %s, by whom and why', async (codes, code) => {
    const stage = setStage()
    const { stream } = await enter(stage)
    const item = `<actor nick='juliet'/><reason>Enough</reason>`
    stream.receive(occupant('romeo', { type: 'unavailable', role: 'none', codes: [110, ...codes], item }))
    await settle()
    expect(room(stage)).toMatchObject({
      phase: 'failed',
      problem: { code, actor: 'juliet', reason: 'Enough' },
      occupantCount: 0,
    })
  })

  test('the room is destroyed, and goes on elsewhere', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    const x = `<destroy jid='orchard@rooms.example'><reason>Too small</reason></destroy>`
    stream.receive(occupant('romeo', { type: 'unavailable', role: 'none', x }))
    await settle()
    expect(room(stage).problem).toEqual({
      code: 'destroyed',
      reason: 'Too small',
      jid: 'orchard@rooms.example',
    })
  })

  test('who is thrown out does not knock by itself; who leaves does not either', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    await stage.app.leaveRoom({ conversationId })
    expect(stream.sent().at(-1)?.attrs).toMatchObject({ to: `${ROOM}/romeo`, type: 'unavailable' })
    expect(room(stage)).toMatchObject({ phase: 'out', occupantCount: 0 })
    expect(stage.storage.findRoom(conversationId)?.wanted).toBe(false)
  })

  test('our presence is told to the room too', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stage.app.setPresence({ show: 'away', status: 'At the balcony' })
    const told = stream.sent().find((each) => each.attrs['to'] === `${ROOM}/romeo`)
    expect(told?.getChildText('show')).toBe('away')
  })
})

describe('a fresh stream', () => {
  test('goes back in by itself', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.drop()
    expect(room(stage)).toMatchObject({ phase: 'joining', occupantCount: 0 })
    while (stage.stream() === stream) await settle(1000)
    const fresh = stage.stream()
    await settle()
    expect(joinOf(await answerRoster(fresh)).attrs['to']).toBe(`${ROOM}/romeo`)
  })

  test('one that is resumed stays in', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.interrupt()
    stream.resume()
    await settle()
    expect(room(stage).phase).toBe('in')
    expect(stream.sent().filter((each) => each.is('presence'))).toEqual([])
  })
})

describe('a large room', () => {
  test('is told in pieces, and each occupant once', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    for (let number = 1; number <= 4500; number += 1) {
      stream.receive(occupant(`n${number}`, { id: `o${number}` }))
    }
    await settle(100)
    const first = await stage.app.listOccupants({ conversationId })
    expect(first).toHaveLength(2000)
    await settle(1000)
    const told = stage.events('occupants.changed').map(({ upserted }) => upserted)
    expect(told.every((each) => each.length <= 1000)).toBe(true)
    const nicks = [...first, ...told.flat()].map(({ nick }) => nick)
    expect(nicks).toHaveLength(4502)
    expect(new Set(nicks).size).toBe(4502)
  })

  test('one that we come into while it is looked at is told as a whole, from the beginning', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    await stage.app.listOccupants({ conversationId })
    await stage.app.rejoinRoom({ conversationId })
    await settle(200)
    const before = stage.events('occupants.changed').length
    for (let number = 1; number <= 1500; number += 1) stream.receive(occupant(`n${number}`))
    await settle(200)
    expect(stage.events('occupants.changed')).toHaveLength(before)
    stream.receive(occupant('romeo', { id: 'me', codes: [110] }))
    await settle(1000)
    const told = stage.events('occupants.changed').slice(before)
    expect(told.map(({ replaced, upserted }) => [replaced, upserted.length])).toEqual([
      [true, 1000],
      [false, 501],
    ])
  })
})
