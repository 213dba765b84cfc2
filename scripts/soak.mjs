/**
 * `npm run soak`: 20,000 schedules of faults while two accounts talk over a private Prosody (test/faults/). Options:
 * --schedules N; --seed N, the first one, which is drawn and printed when not given; --from N to go on where a run was
 * ended (the number of schedules that were done); --at-a-time N. A failure prints its seed: `--seed N --schedules 1`
 * runs it alone. `--cuts` runs those with a single cut instead, at each of 6,000 bytes in both directions, over TCP and
 * over WebSocket.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runScript, setup } from './setup/index.mjs'
import { root } from './setup/paths.mjs'
import { runInForeground } from './setup/run.mjs'

/** As in test/faults/schedule.ts. */
const CUTS = 24_000

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000_000)) },
    from: { type: 'string', default: '0' },
    'at-a-time': { type: 'string', default: '6' },
    cuts: { type: 'boolean', default: false },
  },
})

await runScript(async () => {
  await setup({ system: ['prosody'], electron: false, sqlite: true })
  const done = Number(values.from)
  const [first, count] = values.cuts ? [done, CUTS] : [Number(values.seed) + done, Number(values.schedules)]
  console.log(values.cuts ? `Cuts, from ${done}` : `Seed ${values.seed}, from ${done}`)
  const script = join(root, 'test', 'faults', 'soak.ts')
  const args = [first, count - done, Number(values['at-a-time'])].map(String)
  if (values.cuts) args.push('cuts')
  return runInForeground(process.execPath, ['--import', 'tsx', script, ...args], { cwd: root })
})
