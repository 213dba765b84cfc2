/** What is checked and tested, in order: quick things first, windows last. */
import { join } from 'node:path'
import { inDesktopSession } from '../desktop-session.mjs'
import { root } from '../setup/paths.mjs'
import { runInForeground } from '../setup/run.mjs'
import { runVitest } from './vitest.mjs'

const tool = (/** @type {string} */ path) => join(root, 'node_modules', path)

/**
 * A program that is one test: it passes when it ends with 0.
 * @param {string} name
 * @param {string} script of a package, below node_modules
 * @param {...string} args
 * @returns {import('../test.mjs').Step}
 */
function program(name, script, ...args) {
  const run = async () => {
    const code = await runInForeground(process.execPath, [tool(script), ...args], { cwd: root })
    return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  }
  return { name, run }
}

/**
 * @param {string} name of the project in vitest.config.ts
 * @param {{ files?: string[], inSession?: boolean, again?: RegExp }} [options] see runVitest
 * @returns {import('../test.mjs').Step}
 */
function suite(name, { files = [], inSession = false, again } = {}) {
  /** @type {(command: string[]) => Promise<number>} */
  const inForeground = ([command = '', ...args]) => runInForeground(command, args, { cwd: root })
  const start = inSession ? inDesktopSession : inForeground
  const run = () => runVitest(['--project', name, ...files], start, { again })
  return { name, run }
}

const typescript = 'typescript/bin/tsc'
const statics = [
  program('format', 'prettier/bin/prettier.cjs', '--check', '--cache', '--log-level', 'warn', '.'),
  program('lint', 'eslint/bin/eslint.js', '.'),
  program('types main', typescript, '-p', 'src-main'),
  program('types test', typescript, '-p', 'test'),
  program('types renderer', 'svelte-check/bin/svelte-check', '--tsconfig', 'src-renderer/tsconfig.json'),
]

/**
 * Windows, a desktop and the servers of others have moments of their own. Not those that look for a message lost: one time
 * in a hundred is what they are there to find.
 */
const again = /^test\/(interop|e2e)\/(?!faults|disk|interrupted)/

/** @param {'check' | 'interop' | 'all'} mode */
export function stepsOf(mode) {
  if (mode === 'interop') return [suite('interop', { again })]
  if (mode === 'check')
    return [...statics, { ...suite('unit', { files: ['test/architecture.test.ts'] }), name: 'architecture' }]
  return [
    ...statics,
    suite('unit'),
    suite('renderer'),
    suite('integration'),
    program('build', 'electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'),
    suite('e2e', { inSession: process.platform === 'linux', again }),
  ]
}
