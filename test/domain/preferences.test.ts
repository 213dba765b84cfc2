/** The preferences: what is kept, what is refused, and when it is quiet. */
import { describe, expect, test } from 'vitest'
import { isQuietAt } from '../../src-main/domain/preferences/quiet-hours.ts'
import { commands } from '../../src-main/contract/commands.ts'
import { DEFAULT_PREFERENCES, toPreferences, type QuietHours } from '../../src-main/model/preferences.ts'
import * as v from 'valibot'
import { setStage } from './stage.ts'

const ALL_DAYS = [0, 1, 2, 3, 4, 5, 6]
/** 2026-11-21 is a Saturday. */
const at = (day: number, clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return new Date(2026, 10, day, hours, minutes).getTime()
}
const quiet = (part: Partial<QuietHours>): QuietHours => ({
  ...{ enabled: true, from: 22 * 60, to: 7 * 60, days: ALL_DAYS },
  ...part,
})

describe('quiet hours', () => {
  test.each([
    ['21:59', false],
    ['22:00', true],
    ['23:59', true],
    ['00:00', true],
    ['06:59', true],
    ['07:00', false],
  ])('over midnight: at %s %s', (clock, expected) => {
    expect(isQuietAt(quiet({}), at(21, clock))).toBe(expected)
  })

  test('those over midnight belong to the day they begin on', () => {
    const saturdays = quiet({ days: [6] })
    expect(isQuietAt(saturdays, at(21, '23:00'))).toBe(true)
    expect(isQuietAt(saturdays, at(22, '03:00'))).toBe(true)
    expect(isQuietAt(saturdays, at(21, '03:00'))).toBe(false)
    expect(isQuietAt(saturdays, at(22, '23:00'))).toBe(false)
  })

  test('within a day, all day, never', () => {
    const noon = quiet({ from: 12 * 60, to: 13 * 60 })
    expect([11, 12, 13].map((hour) => isQuietAt(noon, at(21, `${hour}:00`)))).toEqual([false, true, false])
    const allDay = quiet({ from: 600, to: 600, days: [6] })
    expect([9, 10, 23].map((hour) => isQuietAt(allDay, at(21, `${hour}:00`)))).toEqual([false, true, true])
    expect(isQuietAt(allDay, at(22, '09:59'))).toBe(true)
    expect(isQuietAt(quiet({ enabled: false }), at(21, '23:00'))).toBe(false)
    expect(isQuietAt(quiet({ days: [] }), at(21, '23:00'))).toBe(false)
  })
})

test('a change is kept, told, and leaves the rest', () => {
  const stage = setStage()
  expect(stage.app.state().preferences).toEqual(DEFAULT_PREFERENCES)
  stage.app.setPreferences({ zoom: 150, shortcuts: { switcher: ['Ctrl+P'] } })
  const expected = { ...DEFAULT_PREFERENCES, zoom: 150, shortcuts: { switcher: ['Ctrl+P'] } }
  expect(stage.storage.getPreferences()).toEqual(expected)
  expect(stage.events('preferences.changed')).toEqual([{ preferences: expected }])
})

test.each([
  ['null', null],
  [
    'nothing that fits',
    { textSize: 'gigantic', zoom: 12, sounds: 'yes', quietHours: 7, spelling: [], updates: 1 },
  ],
  ['half', { quietHours: { from: -1, to: 1440 }, shortcuts: { switcher: 'Ctrl+K', add: [1] }, days: 'x' }],
])('what was stored as %s is as at the beginning', (_name, stored) => {
  expect(toPreferences(stored)).toEqual(DEFAULT_PREFERENCES)
})

test.each([
  { zoom: 120 },
  { quietHours: { enabled: true, from: 0, to: 1440, days: [] } },
  { quietHours: { enabled: true, from: 0, to: 1, days: [7] } },
  { spelling: { wish: 'on', languages: ['../../etc'] } },
  { shortcuts: { __proto__x: ['a'] } },
  { updates: 'unasked' },
])('the contract refuses %j', (input) => {
  expect(v.safeParse(commands['preferences.set'], input).success).toBe(false)
})
