/** When nobody is at the computer: rules, readings and a clock in, away and back out. */
import { describe, expect, test } from 'vitest'
import { DEFAULT_AWAY_RULES, type AwayRules, type Idle } from '../../src-main/model/availability.ts'
import { createIdleWatch } from '../../src-main/shell/idle-watch.ts'

const START = Date.UTC(2026, 10, 21, 12, 0, 0)
const MINUTE = 60

/** A computer that nobody touches from the start on, unless told. */
function computer(part: Partial<AwayRules> = {}) {
  let rules: AwayRules = { ...DEFAULT_AWAY_RULES, awayMinutes: 5, xaMinutes: 30, ...part }
  let time = START
  let touched: number | undefined = START
  let locked = false
  const changes: Idle[] = []
  const sources: boolean[] = []
  const watch = createIdleWatch({
    read: () => ({ idleSeconds: touched === undefined ? 0 : Math.floor((time - touched) / 1000), locked }),
    rules: () => rules,
    now: () => time,
    onChange: (idle) => void changes.push(idle),
    onSource: (works) => void sources.push(works),
  })
  return {
    changes,
    sources,
    levels: () => changes.map(({ level }) => level),
    /** Looks every five seconds. */
    pass(seconds: number) {
      for (const end = time + seconds * 1000; time < end; time += 5000) watch.look()
      watch.look()
    },
    touch() {
      touched = time
      watch.look()
    },
    lock(now: boolean) {
      locked = now
      watch.look()
    },
    setRules(next: Partial<AwayRules>) {
      rules = { ...rules, ...next }
      watch.look()
    },
    /** The system knows nothing and says 0. */
    mute: () => void (touched = undefined),
    at: (seconds: number) => START + seconds * 1000,
  }
}

describe('nobody touches anything', () => {
  test.each([
    [4 * MINUTE, []],
    [5 * MINUTE, ['away']],
    [29 * MINUTE, ['away']],
    [30 * MINUTE, ['away', 'xa']],
    [24 * 60 * MINUTE, ['away', 'xa']],
  ])('for %i seconds: %j', (seconds, levels) => {
    const machine = computer()
    machine.pass(seconds)
    expect(machine.levels()).toEqual(levels)
  })

  test('since is the last touch, however long ago', () => {
    const machine = computer()
    machine.pass(MINUTE)
    machine.touch()
    machine.pass(40 * MINUTE)
    expect(machine.changes).toEqual([
      { level: 'away', since: machine.at(MINUTE) },
      { level: 'xa', since: machine.at(MINUTE) },
    ])
  })

  test('one touch is enough to be back', () => {
    const machine = computer()
    machine.pass(40 * MINUTE)
    machine.touch()
    machine.pass(MINUTE)
    expect(machine.levels()).toEqual(['away', 'xa', 'active'])
  })
})

test.each<[string, Partial<AwayRules>, number, readonly string[]]>([
  ['off: never', { enabled: false }, 600 * MINUTE, []],
  ['never for long', { xaMinutes: 0 }, 600 * MINUTE, ['away']],
  ['for long before away: at once for long', { awayMinutes: 30, xaMinutes: 10 }, 11 * MINUTE, ['xa']],
  ['both at the same time', { awayMinutes: 10, xaMinutes: 10 }, 11 * MINUTE, ['xa']],
])('rules, %s', (_name, rules, seconds, levels) => {
  const machine = computer(rules)
  machine.pass(seconds)
  expect(machine.levels()).toEqual(levels)
})

test('rules that change count at once, also when they are switched off', () => {
  const machine = computer()
  machine.pass(2 * MINUTE)
  machine.setRules({ awayMinutes: 1 })
  expect(machine.levels()).toEqual(['away'])
  machine.setRules({ enabled: false })
  expect(machine.levels()).toEqual(['away', 'active'])
})

describe('the lock of the screen', () => {
  test('is away at once, and for long after the longer time', () => {
    const machine = computer()
    machine.touch()
    machine.lock(true)
    expect(machine.changes).toEqual([{ level: 'away', since: START }])
    machine.pass(30 * MINUTE)
    expect(machine.levels()).toEqual(['away', 'xa'])
    machine.touch()
    // Typing the password is not being back.
    expect(machine.levels()).toEqual(['away', 'xa'])
    machine.lock(false)
    expect(machine.levels()).toEqual(['away', 'xa', 'active'])
  })

  test('does not count when the rules say so', () => {
    const machine = computer({ whenLocked: false })
    machine.lock(true)
    expect(machine.levels()).toEqual([])
  })
})

describe('a system that does not know', () => {
  test('is told of after five minutes, away is never claimed, and a lock counts all the same', () => {
    const machine = computer()
    machine.mute()
    machine.pass(4 * MINUTE)
    expect(machine.sources).toEqual([])
    machine.pass(60 * MINUTE)
    expect(machine.sources).toEqual([false])
    expect(machine.levels()).toEqual([])
    machine.lock(true)
    expect(machine.levels()).toEqual(['away'])
  })

  test('a locked hour proves nothing', () => {
    const machine = computer()
    machine.mute()
    machine.lock(true)
    machine.pass(60 * MINUTE)
    expect(machine.sources).toEqual([])
  })

  test('that tells after all is believed from then on', () => {
    const machine = computer()
    machine.mute()
    machine.pass(6 * MINUTE)
    machine.touch()
    machine.pass(MINUTE)
    machine.mute()
    machine.pass(60 * MINUTE)
    expect(machine.sources).toEqual([false, true])
  })
})
