/** Makes a clone ready to run: packages, system libraries, the Electron runtime, better-sqlite3. */
import { SetupFailure } from './failure.mjs'
import { ensureNpmPackages } from './npm-packages.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

export { SetupFailure }

/**
 * Does each part only when something is missing, so that calling it again takes a moment. Safe to run several
 * times at once. The parts that use npm packages are loaded after those are there.
 * @param {{ system?: readonly import('./system-packages.mjs').SystemGroup[], electron?: boolean, sqlite?: boolean, triesOfficial?: boolean }} wanted
 * @returns {Promise<Partial<import('./electron.mjs').ElectronRuntime>>}
 */
export async function setup({ system = [], electron = true, sqlite = true, triesOfficial = false } = {}) {
  requireNode()
  await ensureSystemPackages(system)
  await ensureNpmPackages()
  const { ensureElectron } = await import('./electron.mjs')
  const { ensureSqlite } = await import('./sqlite.mjs')
  const runtime = electron ? await ensureElectron({ triesOfficial }) : undefined
  if (sqlite) await ensureSqlite(runtime?.electronVersion)
  return runtime ?? {}
}

/** The oldest Node that the build tools run on. */
function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetupFailure(`Linnet needs Node 20.19 or newer; this is ${process.version}.`)
  }
}

/**
 * Runs a script's main function; a SetupFailure is shown as plain words. Its result is the exit code.
 * @param {() => Promise<number | void>} main
 */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    process.stderr.write(
      `${error instanceof SetupFailure ? error.message : error instanceof Error ? error.stack : error}\n`,
    )
    process.exitCode = 1
  }
}
