/** Runs vitest and counts from its JSON report. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../setup/paths.mjs'

/**
 * Counts tests. A file that could not be loaded is one failure; so is an error outside of any test (the exit code
 * says so), a test that was skipped, and a report that is missing.
 * @param {string[]} args
 * @param {(command: string[]) => Promise<number>} start runs a command to its end and gives its exit code
 * @returns {Promise<import('../test.mjs').Counts>}
 */
export async function runVitest(args, start) {
  const folder = mkdtempSync(join(tmpdir(), 'linnet-vitest-'))
  const file = join(folder, 'report.json')
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  try {
    const code = await start([process.execPath, vitest, 'run', '--root', root, ...reporters, ...args])
    const report = JSON.parse(readFileSync(file, 'utf8'))
    const unloaded = report.testResults.filter(
      (/** @type {{ status: string, assertionResults: unknown[] }} */ one) =>
        one.status === 'failed' && one.assertionResults.length === 0,
    )
    const failed = report.numFailedTests + report.numPendingTests + unloaded.length
    return { passed: report.numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failed: 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
