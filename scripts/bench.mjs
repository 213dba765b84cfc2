/** `npm run bench`: installs what is missing, then measures the built application (test/bench/main.ts has the options). */
import { runScript, setup } from './setup/index.mjs'
import { root } from './setup/paths.mjs'
import { ensureBuild } from './start.mjs'

await runScript(async () => {
  await setup({ system: ['electron', 'display', 'desktop', 'prosody', 'database'] })
  await ensureBuild()
  const { inDesktopSession } = await import('./desktop-session.mjs')
  process.chdir(root)
  return inDesktopSession([
    process.execPath,
    '--import',
    'tsx',
    'test/bench/main.ts',
    ...process.argv.slice(2),
  ])
})
