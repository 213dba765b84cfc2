import { describe, expect, test, vi } from 'vitest'
import type { Occupant, Room } from '../../../src-main/model/room.ts'
import { createTranslator } from '../../../src-main/text/text.ts'
import { occupantMenu, type OccupantActions } from '../../../src-renderer/components/rooms/occupant-menu.ts'
import { jid } from '../make.ts'
import { makeOccupant, makeRoom } from './make.ts'

const t = createTranslator('en')
const address = { jid: jid('tybalt@capulet.example') }

function makeActions() {
  return {
    ...{ mention: vi.fn(), openPrivate: vi.fn(), ignore: vi.fn(), addContact: vi.fn(), copyText: vi.fn() },
    ...{ setRole: vi.fn(), setAffiliation: vi.fn(), kick: vi.fn(), ban: vi.fn() },
  } satisfies OccupantActions
}

function labels(occupant: Occupant, me: Partial<Room>): string[] {
  return occupantMenu(t, occupant, makeRoom(me), makeActions()).flatMap((entry) =>
    entry === 'separator' ? [] : [entry.label],
  )
}

const TALK = ['Mention', 'Message privately', 'Ignore']

describe('what is offered', () => {
  test('a participant can talk, ignore, and no more', () => {
    expect(labels(makeOccupant('Tybalt'), {})).toEqual(TALK)
  })

  test('oneself is left alone', () => {
    expect(labels(makeOccupant('Romeo'), { role: 'moderator', affiliation: 'owner' })).toEqual([])
  })

  test('whoever is ignored can be heard again', () => {
    expect(labels(makeOccupant('Tybalt', { ignored: true }), {})).toContain('Stop ignoring')
  })

  test('a moderator gives and takes voice, and removes', () => {
    const me = { role: 'moderator' } as const
    expect(labels(makeOccupant('Tybalt'), me)).toEqual([...TALK, 'Take their voice', 'Remove from the room…'])
    expect(labels(makeOccupant('Paris', { role: 'visitor' }), me)).toContain('Let them speak')
  })

  test('not over those who stand above (§8.2, §8.4)', () => {
    const me = { role: 'moderator', affiliation: 'none' } as const
    expect(labels(makeOccupant('Escalus', { affiliation: 'admin' }), me)).toEqual(TALK)
    expect(labels(makeOccupant('Juliet', { affiliation: 'member' }), me)).toEqual(TALK)
  })

  test('an administrator decides about members where the address is known', () => {
    const me = { role: 'moderator', affiliation: 'admin' } as const
    expect(labels(makeOccupant('Tybalt', address), me)).toEqual([
      ...TALK,
      ...['Add contact', 'Copy address', 'Take their voice', 'Make moderator'],
      ...['Member', 'No standing', 'Remove from the room…', 'Ban…'],
    ])
    expect(labels(makeOccupant('Tybalt'), me)).not.toContain('Ban…')
    expect(labels(makeOccupant('Tybalt', { ...address, affiliation: 'owner' }), me)).not.toContain('Member')
  })

  test('an owner decides about all', () => {
    const me = { role: 'moderator', affiliation: 'owner' } as const
    const found = labels(makeOccupant('Tybalt', { ...address, affiliation: 'admin', role: 'moderator' }), me)
    expect(found).toEqual(expect.arrayContaining(['Owner', 'Administrator', 'Member', 'No standing', 'Ban…']))
    expect(found).not.toContain('No longer moderator')
  })
})

test('each does what it says', () => {
  const actions = makeActions()
  const me = makeRoom({ role: 'moderator', affiliation: 'owner' })
  const entries = occupantMenu(t, makeOccupant('Tybalt', address), me, actions)
  for (const entry of entries) if (entry !== 'separator') entry.onselect()
  expect(actions.ignore.mock.calls).toEqual([['Tybalt', true]])
  expect(actions.setRole.mock.calls).toEqual([
    ['Tybalt', 'visitor'],
    ['Tybalt', 'moderator'],
  ])
  // What they are already is not asked for again.
  expect(actions.setAffiliation.mock.calls.map(([, affiliation]: string[]) => affiliation)).toEqual([
    ...['owner', 'admin', 'member'],
  ])
  expect(actions.ban.mock.calls).toEqual([['Tybalt', 'tybalt@capulet.example']])
})
