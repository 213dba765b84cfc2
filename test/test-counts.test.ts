/** How the tests themselves are counted: nothing that failed is lost, and only some of it may pass at a second try. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { root } from '../scripts/setup/paths.mjs'
import { runVitest } from '../scripts/test/vitest.mjs'

type Run = Readonly<Record<string, readonly string[]>>

/** Instead of vitest: each run reports what stands here, tests by file; a file without tests could not be loaded. */
function playing(...runs: Run[]) {
  const commands: string[][] = []
  const start = (command: string[]): Promise<number> => {
    const run = runs[commands.length]
    commands.push(command)
    const file = command.find((arg) => arg.startsWith('--outputFile.json='))?.split('=')[1] ?? ''
    if (run === undefined) return Promise.resolve(1)
    const testResults = Object.entries(run).map(([name, statuses]) => ({
      name: join(root, name),
      status: statuses.length > 0 && statuses.every((status) => status === 'passed') ? 'passed' : 'failed',
      assertionResults: statuses.map((status, index) => ({ status, fullName: `${name} ${index}` })),
    }))
    writeFileSync(file, JSON.stringify({ testResults }))
    return Promise.resolve(testResults.some(({ status }) => status === 'failed') ? 1 : 0)
  }
  return { start, commands }
}

const again = /^test\/e2e\/(?!faults)/

test('all that did not pass is a failure: skipped, not loaded, no report', async () => {
  const run = { 'test/a.test.ts': ['passed', 'failed', 'skipped'], 'test/b.test.ts': [] }
  expect(await runVitest([], playing(run).start)).toMatchObject({ passed: 1, failed: 3 })
  vi.spyOn(console, 'error').mockReturnValue()
  expect(await runVitest([], playing().start, { again })).toMatchObject({ passed: 0, failed: 1 })
})

test('an error outside of any test is one, too', async () => {
  const { start } = playing({ 'test/e2e/a.test.ts': ['passed'] })
  const failing = async (command: string[]): Promise<number> => (await start(command)) + 1
  expect(await runVitest([], failing, { again })).toMatchObject({ passed: 1, failed: 1 })
})

test('a window’s test that failed is run again with its file, and named when it passes only then', async () => {
  const log = vi.spyOn(console, 'log').mockReturnValue()
  const others = { 'test/e2e/b.test.ts': ['passed', 'passed'] }
  const { start, commands } = playing(
    { 'test/e2e/a.test.ts': ['passed', 'failed'], ...others },
    { 'test/e2e/a.test.ts': ['passed', 'passed'] },
  )
  expect(await runVitest(['--project', 'e2e'], start, { again })).toEqual({ passed: 4, failed: 0 })
  expect(commands[1]?.slice(-3)).toEqual(['--project', 'e2e', join(root, 'test/e2e/a.test.ts')])
  expect(log).toHaveBeenLastCalledWith('UNSTEADY test/e2e/a.test.ts 1')
})

test('what fails again has failed', async () => {
  const run = { 'test/e2e/a.test.ts': ['passed', 'failed'] }
  expect(await runVitest([], playing(run, run).start, { again })).toEqual({ passed: 1, failed: 1 })
})

test.each([
  ['where a loss is looked for', ['faults']],
  ['that are too many', ['a', 'b', 'c', 'd']],
  ['beside one that may not', ['a', 'faults']],
])('not those %s', async (_, names) => {
  const run = Object.fromEntries(names.map((name) => [`test/e2e/${name}.test.ts`, ['failed']]))
  const { start, commands } = playing(run)
  expect(await runVitest([], start, { again })).toMatchObject({ passed: 0, failed: names.length })
  expect(commands).toHaveLength(1)
})
