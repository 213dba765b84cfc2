/** The packages of package-lock.json in node_modules. Needs nothing but Node. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'
import { withProgress } from './progress.mjs'
import { run } from './run.mjs'

/**
 * Whether node_modules holds what the lock asks for, by npm's own record of what it installed. Optional
 * packages may be absent: they are for other systems.
 */
function isInstalled() {
  try {
    const wanted = readLock('package-lock.json')
    const present = readLock(join('node_modules', '.package-lock.json'))
    return Object.entries(wanted).every(
      ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
    )
  } catch {
    return false
  }
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function readLock(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8')).packages
}

/** Installs the packages when they are missing or not those of the lock. No package's install script is run. */
export async function ensureNpmPackages() {
  if (isInstalled()) return
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
  await withProgress('Installing npm packages', () =>
    run(npm, args, { cwd: root, shell: process.platform === 'win32' }),
  )
}
