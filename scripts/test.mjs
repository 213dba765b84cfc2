/**
 * `npm test`: everything, from a clean clone on. `npm run check` (--check): what needs no server and no window.
 * `npm run test:interop` (--interop): against newer servers. A step that fails does not stop the next one.
 * The last line is always `N passed, N failed` over all suites.
 */
import { runScript, setup } from './setup/index.mjs'

/** @typedef {{ passed: number, failed: number }} Counts */
/** @typedef {{ name: string, run: () => Promise<Counts> }} Step */

const mode = process.argv.includes('--check')
  ? 'check'
  : process.argv.includes('--interop')
    ? 'interop'
    : 'all'

/** @type {Record<typeof mode, readonly import('./setup/system-packages.mjs').SystemGroup[]>} */
const system = {
  check: [],
  interop: ['prosody', 'trixie'],
  all: ['electron', 'display', 'desktop', 'prosody'],
}

const seconds = (/** @type {number} */ since) => ((Date.now() - since) / 1000).toFixed(1)

/**
 * Runs the steps in order and says how each ended.
 * @param {readonly Step[]} steps
 */
async function runSteps(steps) {
  const total = { passed: 0, failed: 0 }
  const lines = []
  for (const { name, run } of steps) {
    const start = Date.now()
    console.log(`\n=== ${name}`)
    const { passed, failed } = await run()
    total.passed += passed
    total.failed += failed
    const line = `${failed === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(14)} ${seconds(start).padStart(6)} s  ${passed} passed, ${failed} failed`
    lines.push(line)
    console.log(line)
  }
  console.log(`\n${lines.join('\n')}\n`)
  return total
}

await runScript(async () => {
  const start = Date.now()
  let total = { passed: 0, failed: 1 }
  try {
    const isFull = mode === 'all'
    const runtime = await setup({ system: system[mode], electron: isFull, sqlite: true })
    if (isFull)
      console.log(`The tests run on Electron ${runtime.electronVersion} and Node ${process.version}.`)
    if (mode === 'interop') await (await import('./setup/trixie.mjs')).ensureTrixie()
    const { stepsOf } = await import('./test/steps.mjs')
    total = await runSteps(stepsOf(mode))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
  }
  console.log(`${seconds(start)} s in all`)
  console.log(`${total.passed} passed, ${total.failed} failed`)
  return total.failed === 0 ? 0 : 1
})
