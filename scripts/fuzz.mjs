/**
 * `npm run fuzz`: 100,000 damaged stanzas at the parsers and at the whole domain. Options: --stanzas N; --seed N, which is
 * drawn and printed when not given; --slice N and --only N, as a failure prints them, see it again.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runScript, setup } from './setup/index.mjs'
import { root } from './setup/paths.mjs'
import { runInForeground } from './setup/run.mjs'

const { values } = parseArgs({
  options: {
    stanzas: { type: 'string' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    slice: { type: 'string' },
    only: { type: 'string' },
  },
})

await runScript(async () => {
  await setup({ system: [], electron: false, sqlite: true })
  console.log(`Seed ${values.seed}`)
  const wishes = {
    LINNET_FUZZ_SEED: values.seed,
    LINNET_FUZZ_STANZAS: values.stanzas ?? (values.slice === undefined ? undefined : '1'),
    LINNET_FUZZ_SLICE: values.slice,
    LINNET_FUZZ_ONLY: values.only,
  }
  for (const [name, value] of Object.entries(wishes)) if (value !== undefined) process.env[name] = value
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  return runInForeground(process.execPath, [vitest, 'run', '--root', root, '--project', 'fuzz'], {
    cwd: root,
  })
})
