/**
 * `npm run package`: Linnet's installers for this system, in dist/; `--dir` stops at the unpacked program. Works
 * without GitHub for `--dir` on Linux; the tools for installers are downloaded by electron-builder.
 */
import { join } from 'node:path'
import { SetupFailure, runScript, setup } from './setup/index.mjs'
import { root } from './setup/paths.mjs'
import { withProgress } from './setup/progress.mjs'
import { run } from './setup/run.mjs'
import { ensureBuild } from './start.mjs'

/**
 * Packages what is in out/.
 * @param {{ dir?: boolean, output?: string }} options `dir`: the unpacked program only; `output`: another folder than dist/
 */
export async function packageLinnet({ dir = false, output = join(root, 'dist') }) {
  const { electronDist, electronVersion } = await setup({ system: ['electron'] })
  await ensureBuild()
  const builder = join(root, 'node_modules', 'electron-builder', 'cli.js')
  const config = { electronDist, electronVersion, 'directories.output': output }
  const args = Object.entries(config).map(([key, value]) => `-c.${key}=${value}`)
  const said = await withProgress('Packaging', () =>
    run(process.execPath, [builder, '--publish', 'never', ...(dir ? ['--dir'] : []), ...args], { cwd: root }),
  )
  // electron-builder only warns when it leaves a package out, and the program would not start.
  if (said.includes('cannot find path for dependency')) throw new SetupFailure(said)
  return output
}

if (process.argv[1] === import.meta.filename) {
  await runScript(async () => {
    const output = await packageLinnet({ dir: process.argv.includes('--dir') })
    console.log(`Packaged into ${output}`)
  })
}
