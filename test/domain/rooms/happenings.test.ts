/** What is told of people in a room: who comes and goes, where that is news, and what is done to them, which always is. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Happening } from '../../../src-main/model/room-log.ts'
import { NOW, ROMEO, settle, setStage, type Stage } from '../stage.ts'
import { enter, occupant, ROOM } from './fake-room.ts'

beforeEach(() => vi.useFakeTimers({ now: NOW }))
afterEach(() => vi.useRealTimers())

const told = (stage: Stage): readonly Happening[] =>
  stage.events('room.happened').flatMap(({ happenings }) => happenings)
const gone = (nick: string, more: Parameters<typeof occupant>[1] = {}): string =>
  occupant(nick, { type: 'unavailable', role: 'none', ...more })

describe('people', () => {
  test('who were there when we came are no news; who come, change and go are, in one batch', async () => {
    const stage = setStage()
    const { stream, conversationId } = await enter(stage)
    expect(told(stage)).toEqual([])
    stream.receive(occupant('nurse', { id: 'n' }))
    stream.receive(occupant('nurse', { id: 'n', role: 'moderator' }))
    stream.receive(occupant('nurse', { id: 'n', role: 'moderator', affiliation: 'admin' }))
    stream.receive(gone('nurse', { id: 'n', codes: [303], nick: 'angelica' }))
    stream.receive(occupant('angelica', { id: 'n', role: 'moderator', affiliation: 'admin' }))
    stream.receive(gone('angelica', { id: 'n' }))
    await settle(100)
    expect(stage.events('room.happened')).toHaveLength(1)
    expect(told(stage)).toMatchObject([
      { id: 1, kind: 'joined', nick: 'nurse', who: 'id n' },
      { id: 2, kind: 'role', role: 'moderator' },
      { id: 3, kind: 'affiliation', affiliation: 'admin' },
      { id: 4, kind: 'renamed', nick: 'nurse', to: 'angelica' },
      { id: 5, kind: 'left', nick: 'angelica', who: 'id n' },
    ])
    expect(await stage.app.listHappenings({ conversationId })).toEqual(told(stage))
  })

  test('away and back is no news, and what becomes of us is', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(
      occupant('juliet', { id: 'her', affiliation: 'owner', role: 'moderator', more: '<show>away</show>' }),
    )
    stream.receive(occupant('romeo', { id: 'me', codes: [110], role: 'visitor' }))
    await settle(100)
    expect(told(stage)).toMatchObject([{ kind: 'role', role: 'visitor', own: true }])
  })

  test.each([
    ['never', 1, 0],
    ['small', 1, 1],
    ['small', 40, 28],
    ['always', 40, 40],
  ] as const)('with the setting %s, of %i who come %i are told', async (roomComings, many, expected) => {
    const stage = setStage()
    stage.app.setSettings({ roomComings })
    const { stream } = await enter(stage)
    for (let number = 0; number < many; number += 1)
      stream.receive(occupant(`guest ${number}`, { id: `g${number}` }))
    await settle(100)
    expect(told(stage)).toHaveLength(expected)
  })

  test('a crowd that comes and goes leaves the last of it, and one event', async () => {
    const stage = setStage()
    stage.app.setSettings({ roomComings: 'always' })
    const { stream, conversationId } = await enter(stage)
    for (let number = 0; number < 2000; number += 1)
      stream.receive(occupant(`g${number}`, { id: `g${number}` }))
    await settle(100)
    expect(stage.events('room.happened')).toHaveLength(1)
    const kept = await stage.app.listHappenings({ conversationId })
    expect([kept.length, kept.at(-1)?.nick]).toEqual([300, 'g1999'])
  })
})

describe('what is done to people', () => {
  test.each([
    [307, 'kicked'],
    [301, 'banned'],
    [321, 'removed'],
    [322, 'removed'],
  ])('code %i is %s, with who did it and why, whatever the setting', async (code, kind) => {
    const stage = setStage()
    stage.app.setSettings({ roomComings: 'never' })
    const { stream } = await enter(stage)
    const item = `<actor nick='mercutio'/><reason>A plague</reason>`
    stream.receive(gone('juliet', { id: 'her', codes: [code], item }))
    await settle(100)
    expect(told(stage)).toMatchObject([{ kind, nick: 'juliet', actor: 'mercutio', reason: 'A plague' }])
  })

  test('a lost connection is somebody who left, though servers call it a kick as well', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(gone('juliet', { id: 'her', codes: [307, 333] }))
    await settle(100)
    expect(told(stage)).toMatchObject([{ kind: 'left', nick: 'juliet' }])
  })
})

describe('an invitation that is declined', () => {
  const decline = (from: string, more = ''): string =>
    `<message from='${from}' to='${ROMEO}/orchard' ${more}><x xmlns='http://jabber.org/protocol/muc#user'>
      <decline from='nurse@capulet.example/attic'><reason>Too old</reason></decline></x></message>`

  test('is told in the room', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(decline(ROOM))
    await settle(100)
    expect(told(stage)).toMatchObject([
      { kind: 'declined', nick: 'nurse@capulet.example', reason: 'Too old' },
    ])
  })

  test('not by an occupant in the room’s name, and not of a room that nobody knows (S20)', async () => {
    const stage = setStage()
    const { stream } = await enter(stage)
    stream.receive(decline(`${ROOM}/iago`))
    stream.receive(decline('other@rooms.example'))
    stream.receive(decline(ROOM, `type='error'`))
    await settle(100)
    expect(told(stage)).toEqual([])
  })
})
