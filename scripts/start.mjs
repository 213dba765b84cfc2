/** `npm start`: Linnet, built when its sources are newer. `npm run dev` (--dev): with hot reload. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure, runScript, setup } from './setup/index.mjs'
import { root } from './setup/paths.mjs'
import { withProgress } from './setup/progress.mjs'
import { run, runInForeground } from './setup/run.mjs'

const electronVite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')

/** Electron refuses to run as root with its sandbox. */
const isRoot = process.getuid?.() === 0

/** @param {string} folder */
function newest(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return Math.max(...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs))
}

/** Whether out/ is missing or older than what it is made of. */
function isBuildOld() {
  const built = join(root, 'out', 'main', 'main.js')
  if (!existsSync(built)) return true
  const sources = ['src-main', 'src-renderer', 'assets'].map((name) => newest(join(root, name)))
  const files = ['package.json', 'electron.vite.config.ts'].map((name) => statSync(join(root, name)).mtimeMs)
  return Math.max(...sources, ...files) > statSync(built).mtimeMs
}

/** Builds out/ when it is old. */
export async function ensureBuild() {
  if (!isBuildOld()) return
  await withProgress('Building Linnet', () => run(process.execPath, [electronVite, 'build'], { cwd: root }))
}

async function main() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new SetupFailure('There is no display here. "npm run demo" shows Linnet on a display of its own.')
  }
  const { electronPath = '' } = await setup({ system: ['electron'] })
  const args = process.argv.slice(2)
  if (args[0] === '--dev') {
    const flags = [...(isRoot ? ['--noSandbox'] : []), '--', ...args.slice(1)]
    const env = { ...process.env, ELECTRON_EXEC_PATH: electronPath }
    return runInForeground(process.execPath, [electronVite, 'dev', ...flags], { cwd: root, env })
  }
  await ensureBuild()
  return runInForeground(electronPath, [root, ...(isRoot ? ['--no-sandbox'] : []), ...args])
}

if (process.argv[1] === import.meta.filename) await runScript(main)
