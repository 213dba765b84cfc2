/** A long history in the real application: opening conversations, and what the database finds and takes, as figures. */
import { join } from 'node:path'
import { launchLinnet, newProfile, removeProfile, type Linnet } from '../helpers/app.ts'
import { median, percentile, type Figure } from './figures.ts'
import { measureScroll } from './scroll.ts'
import { writeLongHistory } from '../helpers/long-history.ts'
import {
  bytesPerMessage,
  fillHistory,
  fillRoomHistory,
  measureHistory,
  ROOM_SEARCHES,
  type Measured,
} from './search.ts'

const OPENED = 20
const MINUTE_MS = 60_000

export const databaseOf = (profile: string): string => join(profile, 'linnet.sqlite')

/** At most, in milliseconds; by what the measure's name begins with. */
const GOALS: readonly (readonly [string, number])[] = [
  ['search', 100],
  ['jump to a date', 50],
  ['open a conversation', 50],
  ['page back', 16],
]

/** Many conversations, a tenth of all in one of them. */
export async function measureLongHistory(messages: number): Promise<readonly Figure[]> {
  const profile = newProfile()
  try {
    fillHistory(databaseOf(profile), messages)
    const bytes = bytesPerMessage(databaseOf(profile), messages)
    const what = `database of ${messages} messages, index included: each`
    return [
      { what, value: bytes, unit: 'bytes', goal: 600 },
      ...measureHistory(databaseOf(profile)).map((one) => toFigure(one)),
      await measureOpening(profile, 'conversation opened in the window: painted'),
    ]
  } finally {
    removeProfile(profile)
  }
}

/** All of it in one room. */
export async function measureRoomHistory(messages: number): Promise<readonly Figure[]> {
  const profile = newProfile()
  try {
    fillRoomHistory(databaseOf(profile), messages)
    const measured = measureHistory(databaseOf(profile), { searches: ROOM_SEARCHES, conversations: 1 })
    return [
      ...measured.map((one) => toFigure(one, `room of ${messages}: `)),
      await measureOpening(profile, `room of ${messages}: opened in the window: painted`),
    ]
  } finally {
    removeProfile(profile)
  }
}

/** From its end to its beginning, as fast as a wheel turns and faster. */
export async function measureScrolling(messages: number): Promise<readonly Figure[]> {
  const profile = newProfile()
  try {
    writeLongHistory(profile, messages, MINUTE_MS)
    const linnet = await launchLinnet({ profile })
    await openOne(linnet, 0)
    const scrolled = await measureScroll(linnet.page)
    await linnet.quit()
    const what = `conversation of ${messages} scrolled through`
    const { frameLongest, frameP99, framesOver50, frames, pixels, seconds, heapMegabytes, rowsDrawn } =
      scrolled
    const way = `${frames} frames, ${Math.round(pixels / 1000)} thousand pixels in ${Math.round(seconds)} s`
    return [
      { what: `${what}: longest frame`, value: frameLongest, unit: 'ms', goal: 50, note: way },
      { what: `${what}: frame, p99`, value: frameP99, unit: 'ms', note: `${framesOver50} over 50 ms` },
      {
        what: `${what}: memory of the page`,
        value: heapMegabytes,
        unit: 'MB',
        note: `${rowsDrawn} rows drawn`,
      },
    ]
  } finally {
    removeProfile(profile)
  }
}

function toFigure({ what, medianMs, p99Ms, found }: Measured, prefix = ''): Figure {
  const goal = GOALS.find(([name]) => what.startsWith(name))?.[1]
  return {
    what: `${prefix}${what}`,
    value: medianMs,
    unit: 'ms',
    note: `p99 ${p99Ms} ms, ${found} found`,
    ...(goal === undefined ? {} : { goal }),
  }
}

/** The first of the list, which is left for the second each time. */
async function measureOpening(profile: string, what: string): Promise<Figure> {
  const linnet = await launchLinnet({ profile })
  try {
    await linnet.page.getByRole('option').first().waitFor()
    const times: number[] = []
    for (let index = 0; index < OPENED; index += 1) {
      times.push(await openOne(linnet, 0))
      await openOne(linnet, 1)
    }
    const note = `p90 ${Math.round(percentile(times, 0.9))} ms`
    return { what, value: median(times), unit: 'ms', goal: 50, note }
  } finally {
    await linnet.quit()
  }
}

/** From the click on the n-th conversation of the list to the frame after its messages stand where they belong. */
async function openOne({ page }: Linnet, index: number): Promise<number> {
  await page.getByRole('option').first().waitFor()
  return page.evaluate(async (nth) => {
    const row = document.querySelectorAll<HTMLElement>('[role="option"]')[nth]
    const before = document.querySelector('[role="log"]')
    await new Promise<number>(requestAnimationFrame)
    const started = performance.now()
    row?.click()
    for (;;) {
      await new Promise<number>(requestAnimationFrame)
      const log = document.querySelector('[role="log"]')
      const isThere = log !== null && log !== before && getComputedStyle(log).visibility === 'visible'
      if (isThere && log.querySelector('[data-message]') !== null) break
    }
    const painted = await new Promise<number>(requestAnimationFrame)
    return painted - started
  }, index)
}
