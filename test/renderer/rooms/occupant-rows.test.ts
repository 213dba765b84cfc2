import { describe, expect, test } from 'vitest'
import type { Occupant } from '../../../src-main/model/room.ts'
import { OccupantOrder } from '../../../src-renderer/stores/occupant-order.ts'
import { completions, groupOf, occupantRows } from '../../../src-renderer/stores/occupant-rows.ts'
import { jid } from '../make.ts'
import { makeOccupant } from './make.ts'

const cast = [
  makeOccupant('Zoë'),
  makeOccupant('Juliet', { affiliation: 'member', jid: jid('juliet@capulet.example') }),
  makeOccupant('Benvolio', { role: 'moderator' }),
  makeOccupant('Friar Laurence', { affiliation: 'admin', role: 'moderator' }),
  makeOccupant('Prince', { affiliation: 'owner', role: 'moderator' }),
  makeOccupant('Paris', { role: 'visitor' }),
]
const order = ordered(cast)

function ordered(occupants: readonly Occupant[]): OccupantOrder {
  const made = new OccupantOrder()
  made.change([], occupants)
  return made
}

function drawn(query = '', shown = order): string[] {
  return occupantRows(shown.groups, query).map((row) =>
    row.kind === 'heading' ? `# ${row.group} ${row.count}` : row.occupant.nick,
  )
}

describe('the list of occupants', () => {
  test('is headed by who has most to say, each group by nick', () => {
    expect(drawn()).toEqual([
      ...['# owner 1', 'Prince', '# admin 1', 'Friar Laurence', '# moderator 1', 'Benvolio'],
      ...['# participant 2', 'Juliet', 'Zoë', '# visitor 1', 'Paris'],
    ])
  })

  test('finds nicks whatever their accents and case, and addresses where they are known', () => {
    expect(drawn('zoe')).toEqual(['# participant 1', 'Zoë'])
    expect(drawn('CAPULET')).toEqual(['# participant 1', 'Juliet'])
    expect(drawn('nobody')).toEqual([])
  })

  test('whoever has no role yet stands with the visitors', () => {
    expect(groupOf({ role: 'none', affiliation: 'none' })).toBe('visitor')
  })

  test('ten thousand are in order, none lost', () => {
    const crowd = Array.from({ length: 10_000 }, (_, index) => makeOccupant(`n${9999 - index}`))
    const [heading, ...nicks] = drawn('', ordered(crowd))
    expect([heading, nicks.length]).toEqual(['# participant 10000', 10_000])
    expect(nicks).toEqual([...nicks].sort())
  })

  test('kept in order as they come, go and rise, it is as if made anew', () => {
    const roles = ['visitor', 'participant', 'moderator'] as const
    const there = new Map<string, Occupant>()
    const kept = new OccupantOrder()
    for (let round = 0; round < 60; round += 1) {
      const come = Array.from({ length: 20 }, (_, index) => {
        const number = (round * 37 + index * index * 11) % 120
        return makeOccupant(`n${number}`, { role: roles[(round + index) % 3] ?? 'none' })
      })
      const gone = Array.from({ length: 9 }, (_, index) => `n${(round * 53 + index * 17) % 120}`)
      kept.change(gone, come)
      for (const nick of gone) there.delete(nick)
      for (const one of come) there.set(one.nick, one)
      expect(drawn('', kept)).toEqual(drawn('', ordered([...there.values()])))
    }
    expect(kept.size).toBe(there.size)
    kept.clear()
    expect([drawn('', kept), kept.size]).toEqual([[], 0])
  })
})

describe('completing a nick', () => {
  const options = { own: 'Prince', recent: [], most: 8 }
  const nicks = (typed: string, more = {}) =>
    completions(order.all(), typed, { ...options, ...more }).map(({ nick }) => nick)

  test('finds its beginning, then the beginning of any word', () => {
    expect(nicks('la')).toEqual(['Friar Laurence'])
    expect(nicks('p')).toEqual(['Paris'])
  })

  test('puts who spoke last first, and never oneself', () => {
    expect(nicks('', { recent: ['Paris', 'Zoë'] }).slice(0, 2)).toEqual(['Paris', 'Zoë'])
    expect(nicks('prince')).toEqual([])
  })

  test('offers no more than are wanted', () => {
    expect(nicks('', { most: 2 })).toEqual(['Benvolio', 'Friar Laurence'])
  })
})
