/** Runs vitest and counts from its JSON report. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { root } from '../setup/paths.mjs'

/**
 * @typedef {{ status: string, fullName: string }} Assertion
 * @typedef {{ name: string, status: string, assertionResults: Assertion[] }} FileResult
 * @typedef {import('../test.mjs').Counts & { files: FileResult[] }} Outcome
 * @typedef {(command: string[]) => Promise<number>} Start runs a command to its end and gives its exit code
 */

/** More than this is no unlucky moment. */
const MOST_AGAIN = 3

/**
 * Counts tests. A file that could not be loaded is one failure; so is an error outside of any test (the exit code
 * says so), a test that was skipped, and a report that is missing.
 * @param {string[]} args
 * @param {Start} start
 * @param {{ again?: RegExp | undefined }} [options] files by these names may fail once, a few of them: they are run again from
 *   a fresh start, and what passes only then is named
 * @returns {Promise<import('../test.mjs').Counts>}
 */
export async function runVitest(args, start, { again } = {}) {
  const first = await runOnce(args, start)
  const failed = first.files.filter((file) => countOf([file]).failed > 0)
  const mayFail = (/** @type {FileResult} */ { name }) => again?.test(relative(root, name)) === true
  if (failed.length === 0 || failed.length > MOST_AGAIN || !failed.every(mayFail)) return first
  console.log('\nWhat failed is run once more, from a fresh start.')
  const second = await runOnce([...args, ...failed.map(({ name }) => name)], start)
  for (const name of passedOnlyThen(failed, second.files)) console.log(`UNSTEADY ${name}`)
  const others = countOf(first.files.filter((file) => !failed.includes(file)))
  return { passed: others.passed + second.passed, failed: others.failed + second.failed }
}

/**
 * @param {string[]} args
 * @param {Start} start
 * @returns {Promise<Outcome>}
 */
async function runOnce(args, start) {
  const folder = mkdtempSync(join(tmpdir(), 'linnet-vitest-'))
  const report = join(folder, 'report.json')
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  try {
    const code = await start([process.execPath, vitest, 'run', '--root', root, ...reporters, ...args])
    /** @type {FileResult[]} */
    const files = JSON.parse(readFileSync(report, 'utf8')).testResults
    const { passed, failed } = countOf(files)
    return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, files }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failed: 1, files: [] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * @param {readonly FileResult[]} files
 * @returns {import('../test.mjs').Counts}
 */
function countOf(files) {
  const tests = testsOf(files)
  const passed = tests.filter(({ status }) => status === 'passed').length
  const unloaded = files.filter((one) => one.status === 'failed' && one.assertionResults.length === 0)
  return { passed, failed: tests.length - passed + unloaded.length }
}

/** @param {readonly FileResult[]} files */
function testsOf(files) {
  return files.flatMap(({ assertionResults }) => assertionResults)
}

/**
 * @param {readonly FileResult[]} first
 * @param {readonly FileResult[]} second
 */
function passedOnlyThen(first, second) {
  const namesOf = (/** @type {readonly FileResult[]} */ files, /** @type {string} */ wanted) =>
    testsOf(files).flatMap(({ status, fullName }) => (status === wanted ? [fullName] : []))
  const failed = new Set(namesOf(first, 'failed'))
  return namesOf(second, 'passed').filter((name) => failed.has(name))
}
