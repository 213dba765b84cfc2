/**
 * XEP-0045 §7.4, XEP-0313: what comes live, comes back to who said it, is caught up with or loaded back, in whatever order
 * and however often the way breaks: in the end there is one history, each message once, in the order of the room's archive.
 */
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { NOW } from '../stage.ts'
import { createRoomWorld } from './room-world.ts'

beforeEach(() => vi.useFakeTimers({ now: NOW }))
afterEach(() => vi.useRealTimers())

const HOUR = 3_600_000
const count = fc.integer({ min: 1, max: 4 })
const kind = <K extends string>(name: K) => fc.constant({ kind: name })
const counted = <K extends string>(name: K) => fc.record({ kind: fc.constant(name), count })
const step = fc.oneof(
  { weight: 5, arbitrary: counted('theirs') },
  { weight: 4, arbitrary: counted('ours') },
  { weight: 2, arbitrary: counted('elsewhere') },
  { weight: 4, arbitrary: kind('hear') },
  { weight: 4, arbitrary: counted('deliver') },
  { weight: 2, arbitrary: kind('drop') },
  { weight: 1, arbitrary: kind('throwOut') },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('connect' as const), queries: fc.nat(4) }) },
  { weight: 1, arbitrary: kind('older') },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(1500) }) },
)
const room = fc.record({
  skewMs: fc.constantFrom(-HOUR, -700, 0, 700, HOUR),
  pageSize: fc.integer({ min: 1, max: 6 }),
  before: fc.nat(12),
})
const talk = fc.array(fc.constantFrom('theirs' as const, 'ours' as const), { maxLength: 6 })

test('any interleaving ends in exactly the order of the room’s archive, each once, and nothing of ours is left waiting', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 16 }), room, talk, async (steps, options, talk) => {
      const world = createRoomWorld(options)
      await world.begin()
      for (const each of steps) await world.run(each)
      await world.settle(talk)
      const ended = { shown: world.shown(), archived: world.archived(), waiting: world.waiting() }
      await world.end()
      expect(ended.shown).toEqual(ended.archived)
      expect(ended.waiting).toEqual([])
      expect([...ended.shown].sort()).toEqual(world.allSaid())
    }),
    { numRuns: 60 },
  )
}, 300_000)
