/** A page of the archive is stored in slices, and what waits has its turn between each two of them. */
import { expect, test } from 'vitest'
import type { HistoryNews } from '../../src-main/domain/archive/batch.ts'
import { takePage, type Course } from '../../src-main/domain/archive/take-page.ts'
import type { Link } from '../../src-main/domain/link.ts'
import type { Tools } from '../../src-main/domain/tools.ts'
import type { ArchiveResult } from '../../src-main/protocol/xep-0313-archive.ts'
import { createMemoryStorage } from '../helpers/memory-storage.ts'

const nothing = (): void => undefined

/** Of the event loop since the call. */
function countTurns(): { readonly passed: () => number; stop(): void } {
  const turns = { passed: 0, over: false }
  const step = (): void => {
    turns.passed += 1
    if (!turns.over) setImmediate(step)
  }
  setImmediate(step)
  return { passed: () => turns.passed, stop: () => (turns.over = true) }
}

test('a page of three slices takes them in turns that are not next to each other', async () => {
  const storage = createMemoryStorage()
  const tools = { storage, now: () => 0, log: nothing } as Partial<Tools> as Tools
  const news: HistoryNews = { take: nothing, announce: nothing, announceIfDue: nothing }
  const turns = countTurns()
  const stored: { readonly turn: number; readonly upTo: number }[] = []
  const course: Course = {
    source: { arrival: () => undefined, taken: nothing },
    ...{ direction: 'forward', isOld: false, news, edge: { order: 0, id: 'before', stampMs: 0 } },
    settled: () => ({ first: 0, last: 0 }),
    reached: ({ order }) => void stored.push({ turn: turns.passed(), upTo: order }),
  }
  const results = Array.from({ length: 120 }, (_, index) => ({
    id: `${index}`,
  })) as unknown as ArchiveResult[]
  await takePage(tools, { closed: false } as Link, { results, complete: true }, course)
  turns.stop()
  storage.close()

  expect(stored.at(-1)?.upTo).toBe(120)
  expect(stored.length).toBeGreaterThanOrEqual(3)
  // One that was read in the first half of a turn, and the next in its second half, would hold up what waits for both.
  const pauses = stored.slice(1).map(({ turn }, index) => turn - (stored[index]?.turn ?? 0))
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(2)
})
