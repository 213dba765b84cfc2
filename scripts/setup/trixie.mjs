/**
 * A Debian 13 folder with newer servers (Prosody 13, ejabberd 24.12), for the tests against what Debian 12 doesn't have:
 * SASL2, Bind 2, channel binding. Made once, in about a minute and a half, as root; programs are started in it by chroot.
 */
import { chmodSync, copyFileSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from './failure.mjs'
import { buildOnce } from './once.mjs'
import { cachePath } from './paths.mjs'
import { withProgress } from './progress.mjs'
import { run } from './run.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

/** Part of the cache's name: raise it when the packages or the steps below change. */
const recipe = 2
const packages = ['prosody', 'prosody-modules', 'lua-dbi-sqlite3', 'ejabberd']

/** @returns {Promise<string>} the folder to chroot into */
export async function ensureTrixie() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new SetupFailure(
      'The tests against newer servers need root on Debian or Ubuntu: they use debootstrap and chroot.',
    )
  }
  await ensureSystemPackages(['trixie'])
  return buildOnce(cachePath('trixie', `servers-${recipe}`), (folder) =>
    withProgress('Preparing a Debian 13 folder', (note) => build(folder, note)),
  )
}

/**
 * @param {string} folder
 * @param {(text: string) => void} note
 */
async function build(folder, note) {
  chmodSync(folder, 0o755)
  note('debootstrap')
  await run('debootstrap', ['--variant=minbase', 'trixie', folder, ...(await mirror())])
  refuseServices(folder)
  if (existsSync('/etc/resolv.conf')) copyFileSync('/etc/resolv.conf', join(folder, 'etc/resolv.conf'))
  note(packages.join(' '))
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }
  const install = ['apt-get', 'install', '-q', '-y', '--no-install-recommends', ...packages]
  await run('chroot', [folder, ...install], { env })
  await run('chroot', [folder, 'apt-get', 'clean'], { env })
}

/**
 * Packages of servers start them when installed, unless this says no.
 * @param {string} folder
 */
function refuseServices(folder) {
  const policy = join(folder, 'usr/sbin/policy-rc.d')
  writeFileSync(policy, '#!/bin/sh\nexit 101\n')
  chmodSync(policy, 0o755)
}

/** The mirror that this system's apt uses for Debian's main archive; none leaves the choice to debootstrap. */
async function mirror() {
  const listed = await run('apt-get', ['indextargets', '--format', '$(REPO_URI)', 'Identifier: Packages'])
  return listed
    .split('\n')
    .filter((uri) => /\/debian\/?$/.test(uri))
    .slice(0, 1)
}
