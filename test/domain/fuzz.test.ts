/** Damaged stanzas of every kind at the whole domain: a few slices with fixed seeds. `npm run fuzz` is the long way. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findParsers } from '../fuzz/parsers.ts'
import { runSlice } from '../fuzz/slice.ts'
import { NOW } from './stage.ts'

beforeEach(
  () =>
    void vi.useFakeTimers({
      now: NOW,
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    }),
)
afterEach(() => void vi.useRealTimers())

test.each([1, 2, 3])(
  'neither throws, hangs, leaks nor stores markup (seed %i)',
  { timeout: 120_000 },
  async (seed) => {
    const { rows } = await runSlice({ seed, stanzas: 400, parsers: await findParsers() })
    // The damage leaves enough whole that the database fills.
    expect(rows['message']).toBeGreaterThan(5)
  },
)
