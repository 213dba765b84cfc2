/** Rooms with slow mode (XEP-0500), where own words wait, and how busy rooms are that are not joined (XEP-0502). */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FakeStream } from '../../helpers/fake-stream.ts'
import { createMemoryStorage } from '../../helpers/memory-storage.ts'
import { bodies, NOW, result, settle, setStage, startOnline, type Stage } from '../stage.ts'
import { joinOf, occupant, reflected, ROOM, subject, WITH_IDS } from './fake-room.ts'

beforeEach(() => vi.useFakeTimers({ now: NOW }))
afterEach(() => vi.useRealTimers())

const INFO = 'http://jabber.org/protocol/disco#info'

function form(field: string, value: string): string {
  return `<x xmlns='jabber:x:data' type='result'>
    <field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/muc#roominfo</value></field>
    <field var='${field}'><value>${value}</value></field></x>`
}

/** What the room is asked of itself, answered with this in its form. */
function describeRoom(stream: FakeStream, inside: string): number {
  const asked = stream
    .sent()
    .filter((each) => each.is('iq') && each.attrs['to'] === ROOM && each.getChild('query', INFO))
  for (const request of asked) {
    const features = WITH_IDS.map((feature) => `<feature var='${feature}'/>`).join('')
    const query = `<query xmlns='${INFO}'><identity category='conference' type='text' name='Garden'/>${features}${inside}</query>`
    stream.receive(result(request, query).replace('<iq ', `<iq from='${ROOM}' `))
  }
  return asked.length
}

describe('slow mode', () => {
  async function slowRoom(affiliation = 'none') {
    const stage = setStage()
    const stream = await startOnline(stage)
    const { id } = await stage.app.joinRoom({ accountId: 1, jid: ROOM, nick: 'romeo', autojoin: false })
    await settle()
    describeRoom(stream, form('muc#roominfo_slow_mode_duration', '20'))
    await settle()
    joinOf(stream.sent())
    stream.receive(occupant('romeo', { id: 'me', codes: [110], affiliation }))
    stream.receive(subject('Roses'))
    await settle(200)
    stream.sent()
    return { stage, stream, conversationId: id }
  }

  /** Sends it, and lets the room say it to all where it went out. */
  async function say({ stage, stream, conversationId }: Awaited<ReturnType<typeof slowRoom>>, body: string) {
    stage.app.sendMessage({ conversationId, body })
    await settle()
    return hear(stream)
  }
  async function hear(stream: FakeStream): Promise<readonly string[]> {
    const sent = stream.sent().filter((each) => each.is('message'))
    for (const each of sent) stream.receive(reflected(each, { occupantId: 'me' }))
    await settle(100)
    return bodies(sent)
  }

  test('what is said too soon goes out in time, in its order, without being refused', async () => {
    const room = await slowRoom()
    expect(await say(room, 'one')).toEqual(['one'])
    expect(room.stage.app.state().rooms[0]).toMatchObject({ mayTalkAt: Date.now() - 100 + 20_000 })
    expect(await say(room, 'two')).toEqual([])
    expect(await say(room, 'three')).toEqual([])
    await settle(19_000)
    expect(await hear(room.stream)).toEqual([])
    await settle(1000)
    expect(await hear(room.stream)).toEqual(['two'])
    await settle(20_000)
    expect(await hear(room.stream)).toEqual(['three'])
  })

  test('not for who runs the room', async () => {
    const room = await slowRoom('admin')
    expect(await say(room, 'one')).toEqual(['one'])
    expect(await say(room, 'two')).toEqual(['two'])
    expect(room.stage.app.state().rooms[0]?.mayTalkAt).toBeUndefined()
  })
})

describe('activity of a room that is not joined', () => {
  const HOUR = 60 * 60_000
  const perHour = (value: string): string => form('{urn:xmpp:muc-activity}message-activity', value)
  const activity = (stage: Stage): number | undefined => stage.app.state().rooms[0]?.activity

  /** Online with a bookmark of the room from an earlier run. */
  async function bookmarked(change: { readonly autojoin?: boolean } = {}) {
    const storage = createMemoryStorage()
    setStage({ storage })
    const { id } = storage.insertConversation(1, ROOM, NOW, 'room')
    storage.insertRoom(id, 'romeo')
    storage.setRoom(id, { bookmarked: true, ...change })
    const stage = setStage({ storage })
    const stream = await startOnline(stage)
    await settle(20_000)
    return { stage, stream, conversationId: id }
  }

  test('is asked once an hour where it is told', async () => {
    const { stage, stream } = await bookmarked()
    expect(describeRoom(stream, perHour('23.42'))).toBe(1)
    await settle(200)
    expect(activity(stage)).toBe(23.42)
    expect(stage.events('room.changed').at(-1)?.room).toMatchObject({ activity: 23.42, name: 'Garden' })
    await settle(HOUR)
    expect(describeRoom(stream, perHour('7'))).toBe(1)
    await settle(200)
    expect(activity(stage)).toBe(7)
  })

  test('is gone, for every window, with what made it a room', async () => {
    const { stage, stream } = await bookmarked()
    expect(describeRoom(stream, perHour('7'))).toBe(1)
    await settle(HOUR)
    const [asked] = stream.sent().filter((one) => one.attrs['to'] === ROOM && one.is('iq'))
    const info = `<query xmlns='http://jabber.org/protocol/disco#info'><identity category='server' type='im'/></query>`
    stream.receive(`<iq type='result' from='${ROOM}' id='${String(asked?.attrs['id'])}'>${info}</iq>`)
    await settle(200)
    expect(activity(stage)).toBeUndefined()
    expect(stage.events('room.changed').at(-1)?.room.activity).toBeUndefined()
  })

  test('is not asked again where it is not told', async () => {
    const { stage, stream } = await bookmarked()
    expect(describeRoom(stream, perHour('much'))).toBe(1)
    await settle(HOUR)
    expect(describeRoom(stream, perHour('7'))).toBe(0)
    expect(activity(stage)).toBeUndefined()
  })

  test('of a room that is joined by itself it is of no interest', async () => {
    const { stream } = await bookmarked({ autojoin: true })
    expect(describeRoom(stream, perHour('7'))).toBe(0)
  })
})
