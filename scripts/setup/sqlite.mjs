/**
 * better-sqlite3 for the runtimes in use. Its prebuilt binaries need Node-API 10 and crash on older runtimes
 * (Node 20, Electron before 35); for those it is built from its source once, with what Node-API 9 has.
 * That one binary then serves Node and Electron alike.
 */
import {
  cpSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { buildOnce } from './once.mjs'
import { cachePath, root } from './paths.mjs'
import { withProgress } from './progress.mjs'
import { run } from './run.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

const installed = join(root, 'node_modules', 'better-sqlite3')
const binary = join('build', 'Release', 'better_sqlite3.node')

/**
 * Whether the prebuilt binary serves both this Node and the Electron in use.
 * @param {string | undefined} electronVersion
 */
function isPrebuiltEnough(electronVersion) {
  const electronIsNew = electronVersion === undefined || parseInt(electronVersion) >= 35
  return Number(process.versions.napi) >= 10 && electronIsNew
}

/**
 * Puts a fitting binary where better-sqlite3 looks first, or removes ours when the prebuilt one fits.
 * @param {string | undefined} electronVersion
 */
export async function ensureSqlite(electronVersion) {
  if (isPrebuiltEnough(electronVersion)) {
    rmSync(join(installed, 'build'), { recursive: true, force: true })
    return
  }
  const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  const name = `${version}-${process.platform}-${process.arch}-napi9`
  const cached = await buildOnce(cachePath('better-sqlite3', name), buildFromSource)
  place(join(cached, 'better_sqlite3.node'), join(installed, binary))
}

/**
 * Copies by way of a rename, so that a process that starts meanwhile sees the old or the new file, whole.
 * @param {string} from
 * @param {string} to
 */
function place(from, to) {
  if (existsSync(to) && readFileSync(to).equals(readFileSync(from))) return
  mkdirSync(dirname(to), { recursive: true })
  const temporary = `${to}.${process.pid}`
  copyFileSync(from, temporary)
  renameSync(temporary, to)
}

/** @param {string} result the folder that receives the binary */
async function buildFromSource(result) {
  await ensureSystemPackages(['compiler'])
  const source = join(result, 'source')
  cpSync(installed, source, { recursive: true, filter: (path) => !/[\\/](prebuilds|build)$/.test(path) })
  cpSync(join(root, 'node_modules', 'node-addon-api'), join(source, 'node_modules', 'node-addon-api'), {
    recursive: true,
  })
  const gyp = join(source, 'binding.gyp')
  const defines = "'NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'"
  const recipe = readFileSync(gyp, 'utf8')
  if (!recipe.includes("'NAPI_VERSION=10'")) throw new Error('binding.gyp of better-sqlite3 has changed')
  writeFileSync(gyp, recipe.replace("'NAPI_VERSION=10'", defines))
  const nodeGyp = join(root, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js')
  const args = [nodeGyp, 'rebuild', '--release', '--force_build=1', ...headers()]
  await withProgress('Building better-sqlite3 for this runtime (some minutes, once)', () =>
    run(process.execPath, args, { cwd: source }),
  )
  copyFileSync(join(source, binary), join(result, 'better_sqlite3.node'))
  rmSync(source, { recursive: true })
}

/** Node's headers where they came with Node; node-gyp fetches them otherwise. */
function headers() {
  const prefix = resolve(dirname(process.execPath), '..')
  return existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? [`--nodedir=${prefix}`] : []
}
