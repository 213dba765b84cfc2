/** What the system must have: libraries of Electron, a display, Prosody. Debian and Ubuntu are known by name. */
import { spawnSync } from 'node:child_process'
import { SetupFailure } from './failure.mjs'
import { withProgress } from './progress.mjs'
import { hasCommand, run } from './run.mjs'

/** Debian packages by purpose. `a|b`: the newer or the older name of the same library. */
const groups = {
  electron: [
    'libgtk-3-0t64|libgtk-3-0',
    'libnss3',
    'libasound2t64|libasound2',
    'libgbm1',
    'libxss1',
    'libnotify4',
    'libatspi2.0-0t64|libatspi2.0-0',
    'libsecret-1-0',
  ],
  display: ['xvfb', 'xauth', 'fonts-dejavu-core', 'fonts-noto-cjk', 'fonts-noto-color-emoji'],
  desktop: ['dbus', 'dbus-x11', 'gnome-keyring'],
  prosody: ['prosody', 'prosody-modules', 'openssl'],
  database: ['lua-dbi-sqlite3'],
  compiler: ['g++', 'make', 'python3'],
  trixie: ['debootstrap', 'debian-archive-keyring'],
}

/** One program of each group, to look for where there is no dpkg. */
const programs = {
  electron: [],
  display: ['Xvfb'],
  desktop: ['dbus-run-session', 'gnome-keyring-daemon'],
  prosody: ['prosody', 'openssl'],
  database: [],
  compiler: ['g++', 'make', 'python3'],
  trixie: ['debootstrap'],
}

/** @typedef {keyof typeof groups} SystemGroup */

const succeeds = (/** @type {string} */ command, /** @type {string[]} */ args) =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0

const isInstalled = (/** @type {string} */ name) => {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f=${db:Status-Status}', name], { encoding: 'utf8' })
  return stdout === 'installed'
}

const exists = (/** @type {string} */ name) => succeeds('apt-cache', ['show', '--quiet', name])

/**
 * Installs what is missing of some groups: as root on Debian and Ubuntu; elsewhere it ends with the one command
 * to run. Does nothing on Windows and macOS, where Electron needs nothing.
 * @param {readonly SystemGroup[]} wanted
 */
export async function ensureSystemPackages(wanted) {
  if (process.platform !== 'linux') return
  if (!hasCommand('dpkg-query') || !hasCommand('apt-get')) return requirePrograms(wanted)
  const missing = wanted
    .flatMap((group) => groups[group])
    .map((names) => names.split('|'))
    .filter((names) => !names.some(isInstalled))
  if (missing.length === 0) return
  const asRoot = process.getuid?.() === 0
  const list = () => missing.map((names) => names.find(exists) ?? names[names.length - 1] ?? '')
  if (!asRoot) {
    throw new SetupFailure(
      `Some system packages are missing. Run this once, then try again:\n\n  sudo apt-get install --no-install-recommends ${list().join(' ')}\n`,
    )
  }
  await withProgress('Installing system packages', (note) => install(list, note))
}

/**
 * @param {() => string[]} list
 * @param {(text: string) => void} note
 */
async function install(list, note) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  note('apt-get update')
  await run('apt-get', ['update', '-q'], { env })
  const names = list()
  note(names.join(' '))
  await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...names], { env })
}

/** @param {readonly SystemGroup[]} wanted */
function requirePrograms(wanted) {
  const missing = wanted.flatMap((group) => programs[group]).filter((program) => !hasCommand(program))
  if (missing.length > 0) {
    throw new SetupFailure(`Please install these programs with your system's packages: ${missing.join(', ')}`)
  }
}
