/**
 * Two accounts talk through cables on which all goes wrong, and some are killed meanwhile; in the end both databases hold
 * the same history: each message once, in order. The thousand schedules are always the same; others run by `npm run soak`.
 * One slice of them a day, each day the next, and cuts at a few bytes more; all with LINNET_SCHEDULES=all.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareGround, type Ground } from './ground.ts'
import { runMany } from './many.ts'
import { CUTS, cutSchedule, drawSchedule, type Schedule } from './schedule.ts'

const SCHEDULES = 1000
const SLICE = 50
const CUTS_A_DAY = 64
const DAY_MS = 24 * 60 * 60_000
const TIMEOUT_MS = 600_000
/** More of them keep each other waiting for so long that they look like faults of the network. */
const AT_A_TIME = 6

const day = Math.floor(Date.now() / DAY_MS)
const wantsAll = process.env['LINNET_SCHEDULES'] === 'all'
const count = (length: number, from = 0, step = 1): number[] =>
  Array.from({ length }, (_, index) => from + index * step)
const all = count(SCHEDULES / SLICE, 0, SLICE)
const today = day % all.length
const slices = wantsAll ? all : all.slice(today, today + 1)
/** Spread over the session. */
const step = CUTS / CUTS_A_DAY
const cuts = wantsAll ? count(CUTS) : count(CUTS_A_DAY, day % step, step)
const run = (schedule: (number: number) => Schedule, numbers: readonly number[]): Promise<string[]> =>
  runMany(ground, { schedule, numbers, atATime: AT_A_TIME })

let ground: Ground
beforeAll(async () => {
  ground = await prepareGround()
})
afterAll(() => ground.dispose())

describe('the same history on both sides', () => {
  test.each(slices)(
    `after ${SLICE} schedules from %i on`,
    async (from) => {
      expect(await run(drawSchedule, count(SLICE, from))).toStrictEqual([])
    },
    TIMEOUT_MS,
  )

  test(
    'after a cut at any byte of a session, either way',
    async () => {
      expect(await run(cutSchedule, cuts)).toStrictEqual([])
    },
    wantsAll ? CUTS * 1000 : TIMEOUT_MS,
  )
})
