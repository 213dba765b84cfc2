/** `npm run fuzz` (scripts/fuzz.mjs): slice after slice from one seed, and a look at the heap, which must not grow. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { NOW } from '../domain/stage.ts'
import { findParsers, type AllParsers } from './parsers.ts'
import { Finding, runSlice } from './slice.ts'

const SLICE = 500
/** Slices until everything is compiled, cached and as large as it gets. */
const WARM_UP = 10
/** A leak of one stanza in ten shows far above this after 100,000. */
const MOST_GROWTH_MB = 48
const REPORT_EVERY = 10

const number = (name: string, fallback: number): number => Number(process.env[name] ?? fallback)
const seed = number('LINNET_FUZZ_SEED', 1)
const slices = Math.ceil(number('LINNET_FUZZ_STANZAS', 100_000) / SLICE)
const first = number('LINNET_FUZZ_SLICE', 0)
const only = process.env['LINNET_FUZZ_ONLY']

// Not the time of performance.now, which tells how long a stanza takes.
beforeEach(() => void vi.useFakeTimers({ now: NOW, toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })) // prettier-ignore
afterEach(() => void vi.useRealTimers())

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Megabytes in use, after everything that can go has gone. */
async function heap(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setImmediate(resolve))
    collect()
  }
  return process.memoryUsage().heapUsed / 1_048_576
}

test(`${slices * SLICE} damaged stanzas, seed ${seed}`, { timeout: 0 }, async () => {
  const parsers = await findParsers()
  const totals = { stanzas: 0, refused: 0, messages: 0 }
  let before = 0
  for (let slice = first; slice < first + slices; slice += 1) {
    const report = await runSlice({ seed: seedOf(slice), stanzas: SLICE, parsers, only: only === undefined ? undefined : Number(only) }).catch((error: unknown) => explain(slice, error, parsers)) // prettier-ignore
    totals.stanzas += report.stanzas
    totals.refused += report.refused
    totals.messages += report.rows['message'] ?? 0
    const done = slice - first + 1
    if (done === WARM_UP) before = await heap()
    if (done % REPORT_EVERY === 0 || done === slices) say(`${totals.stanzas} stanzas, ${totals.refused} refused as XML, ${totals.messages} messages stored`) // prettier-ignore
  }
  if (slices <= WARM_UP) return
  const growth = (await heap()) - before
  say(`the heap grew by ${growth.toFixed(1)} MB`)
  expect(growth).toBeLessThan(MOST_GROWTH_MB)
})

/** Slices differ, and a slice is found again by its number. */
function seedOf(slice: number): number {
  return seed * 1_000_003 + slice
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Says how to see it again, and whether the stanza does it alone. */
async function explain(slice: number, error: unknown, parsers: AllParsers): Promise<never> {
  if (!(error instanceof Finding)) throw error
  const alone = await runSlice({ seed: seedOf(slice), stanzas: SLICE, parsers, only: error.number }).then(() => false, () => true) // prettier-ignore
  say(`\nStanza ${error.number} of slice ${slice}:\n${error.stanza.slice(0, 4000)}\n`)
  say(`Again: npm run fuzz -- --seed ${seed} --slice ${slice}${alone ? ` --only ${error.number}` : ''}`)
  throw error
}
