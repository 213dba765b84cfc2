// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest'
import type { AppEvent } from '../../../src-main/contract/events.ts'
import type { FoundRooms } from '../../../src-main/model/bookmarks.ts'
import type { AppEventName, AppEvents } from '../../../src-main/model/events.ts'
import type { Client } from '../../../src-renderer/bridge.ts'
import { DirectoryStore } from '../../../src-renderer/stores/directory.svelte.ts'
import { InvitationStore } from '../../../src-renderer/stores/invitations.svelte.ts'
import { OccupantStore } from '../../../src-renderer/stores/occupants.svelte.ts'
import { RoomStore } from '../../../src-renderer/stores/rooms.svelte.ts'
import { jid, makeConversation, makeSnapshot } from '../make.ts'
import { GARDEN, makeInvitation, makeOccupant, makeRoom } from './make.ts'

function event<N extends AppEventName>(name: N, payload: AppEvents[N]): AppEvent {
  return { seq: 11, name, payload } as AppEvent
}

describe('rooms', () => {
  function started() {
    const store = new RoomStore()
    store.start(makeSnapshot({ rooms: [makeRoom()] }))
    return store
  }

  test('are found by conversation and by address, and follow what is told', () => {
    const store = started()
    expect(store.find(1)?.jid).toBe(GARDEN)
    store.apply(event('room.changed', { room: makeRoom({ phase: 'joining' }) }))
    expect(store.with(1, GARDEN)?.phase).toBe('joining')
    expect(store.with(2, GARDEN)).toBeUndefined()
    store.apply(event('room.removed', { conversationId: 1 }))
    expect(store.list).toEqual([])
  })

  test('who types is forgotten with the room', () => {
    const store = started()
    store.apply(event('room.typingChanged', { conversationId: 1, nicks: ['Juliet'] }))
    expect(store.typingIn(1)).toEqual(['Juliet'])
    store.apply(event('room.changed', { room: makeRoom({ phase: 'out' }) }))
    expect(store.typingIn(1)).toEqual([])
  })

  test('voice is asked for once each, until it is answered or we are out', () => {
    const store = started()
    const request = { conversationId: 1, kind: 'voice', nick: 'Paris' } as const
    store.apply(event('room.voiceRequested', request))
    store.apply(event('room.voiceRequested', request))
    store.apply(event('room.voiceRequested', { conversationId: 1, kind: 'voice', nick: 'Peter' }))
    expect(store.voiceRequestsIn(1)).toHaveLength(2)
    store.dropVoiceRequest(request)
    expect(store.voiceRequestsIn(1).map(({ nick }) => nick)).toEqual(['Peter'])
    store.apply(event('room.changed', { room: makeRoom({ phase: 'failed' }) }))
    expect(store.voiceRequestsIn(1)).toEqual([])
  })

  test('only what the user wants to hear of calls', () => {
    const store = started()
    const conversation = makeConversation(1, GARDEN, { kind: 'room', unreadCount: 5 })
    const callingAt = (part: Parameters<typeof makeRoom>[0]) => {
      store.apply(event('room.changed', { room: makeRoom(part) }))
      return store.callingCount(conversation)
    }
    expect(callingAt({ notify: 'all' })).toBe(5)
    expect(callingAt({ notify: 'mentions', mentions: 2 })).toBe(2)
    expect(callingAt({ notify: 'none', mentions: 2 })).toBe(0)
    expect(store.callingCount({ ...conversation, mutedUntil: 1 })).toBe(0)
    expect(store.callingCount(makeConversation(9, 'a@b.example', { unreadCount: 1 }))).toBe(1)
  })

  test('go with their account', () => {
    const store = started()
    store.apply(event('account.removed', { accountId: 1 }))
    expect(store.find(1)).toBeUndefined()
  })
})

test('invitations wait until they are answered, the newest first', () => {
  const store = new InvitationStore()
  store.start(makeSnapshot({ invitations: [makeInvitation(1)] }))
  store.apply(event('invitation.received', { invitation: makeInvitation(2) }))
  store.apply(event('invitation.received', { invitation: makeInvitation(2, { reason: 'again' }) }))
  expect(store.list.map(({ id, reason }) => [id, reason])).toEqual([
    [2, 'again'],
    [1, ''],
  ])
  store.apply(event('invitation.answered', { invitationId: 2 }))
  store.apply(event('account.removed', { accountId: 1 }))
  expect(store.list).toEqual([])
})

describe('occupants', () => {
  const nicks = (store: OccupantStore) => [...store.all()].map(({ occupant }) => occupant.nick).sort()
  const changed = (part: Partial<AppEvents['occupants.changed']>) => ({
    ...{ conversationId: 1, replaced: false, upserted: [], removed: [] },
    ...part,
  })

  test('are asked once and follow what is told of their room alone', async () => {
    const store = new OccupantStore(1)
    await store.open(() => Promise.resolve([makeOccupant('Juliet'), makeOccupant('Nurse')]))
    store.change(changed({ upserted: [makeOccupant('Paris')], removed: ['Nurse'] }))
    store.change(changed({ conversationId: 2, removed: ['Juliet'] }))
    expect([nicks(store), store.size, store.phase]).toEqual([['Juliet', 'Paris'], 2, 'ready'])
    store.change(changed({ replaced: true, upserted: [makeOccupant('Tybalt')] }))
    expect(nicks(store)).toEqual(['Tybalt'])
  })

  test('could not be asked, and are asked again', async () => {
    const store = new OccupantStore(1)
    await store.open(() => Promise.reject(new Error('x')))
    expect(store.phase).toBe('failed')
    await store.open(() => Promise.resolve([makeOccupant('Juliet')]))
    expect([store.phase, store.find('Juliet')?.nick]).toEqual(['ready', 'Juliet'])
  })

  test('an answer to an earlier question does not replace that to a later one', async () => {
    const store = new OccupantStore(1)
    let answer: (list: readonly never[]) => void = () => undefined
    const early = store.open(() => new Promise((resolve) => (answer = resolve)))
    await store.open(() => Promise.resolve([makeOccupant('Juliet')]))
    answer([])
    await early
    expect(nicks(store)).toEqual(['Juliet'])
  })
})

describe('the directory', () => {
  const found = (name: string) => ({ jid: jid(`${name}@rooms.example`), name })
  const services = [
    { jid: jid('rooms.example'), name: '', kind: 'rooms' },
    { jid: jid('search.example'), name: '', kind: 'search' },
  ] as const

  function directory(pages: Readonly<Record<string, FoundRooms>>) {
    const invoke = vi.fn((name: string, input: { next?: string }) =>
      Promise.resolve(name === 'room.services' ? services : pages[input.next ?? '']),
    )
    return { store: new DirectoryStore({ invoke } as unknown as Client, 1), invoke }
  }

  test('opens the first service with rooms, and gets more pages', async () => {
    const { store, invoke } = directory({
      '': { rooms: [found('a')], next: '2', total: 2 },
      '2': { rooms: [found('b')] },
    })
    await store.open()
    expect([store.service?.jid, store.rooms.length, store.total, store.hasMore]).toEqual([
      ...['rooms.example', 1, 2, true],
    ])
    await store.more()
    await store.more()
    expect(store.rooms.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(invoke.mock.calls.filter(([name]) => name === 'room.list')).toHaveLength(2)
  })

  test('looks for what is typed on later pages, and stops at one that repeats', async () => {
    const { store } = directory({
      '': { rooms: [found('a')], next: '2' },
      '2': { rooms: [found('garden')], next: '3' },
      '3': { rooms: [found('garden')], next: '3' },
    })
    await store.open()
    store.query = 'GARD'
    await store.lookFurther(5)
    expect(store.rooms.map(({ name }) => name)).toEqual(['garden'])
    expect(store.hasMore).toBe(false)
  })

  test('a service that searches is asked with words alone', async () => {
    const { store, invoke } = directory({ '': { rooms: [found('x')] } })
    await store.open()
    await store.choose('search.example')
    expect(store.rooms).toEqual([])
    store.query = ' poets '
    await store.load()
    expect(invoke.mock.lastCall).toEqual([
      'room.search',
      { accountId: 1, service: 'search.example', words: 'poets' },
    ])
    expect(store.rooms).toHaveLength(1)
  })

  test('any service can be named, and why it fails is told', async () => {
    const { store, invoke } = directory({ '': { rooms: [] } })
    await store.open()
    invoke.mockRejectedValueOnce(new Error('x'))
    await store.choose('elsewhere.example')
    expect([store.service?.jid, store.error?.code, store.busy]).toEqual([
      ...['elsewhere.example', 'internal', false],
    ])
    expect(store.services).toHaveLength(3)
  })
})
