/** `npm run demo`: installs what is missing, then plays the demo (scripts/demo/) on a display that is there or its own. */
import { runScript, setup } from './setup/index.mjs'
import { runInForeground } from './setup/run.mjs'
import { root } from './setup/paths.mjs'
import { ensureBuild } from './start.mjs'

const isCheck = process.argv.includes('--check')

await runScript(async () => {
  await setup({ system: ['electron', 'display', 'desktop', 'prosody', 'compiler'] })
  await ensureBuild()
  // Ctrl+C reaches the demo itself, which ends what it started; this process waits for it.
  process.on('SIGINT', () => undefined)
  const command = [process.execPath, '--import', 'tsx', 'scripts/demo/main.ts', ...process.argv.slice(2)]
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY
  if (hasDisplay && !isCheck) return runInForeground(process.execPath, command.slice(1), { cwd: root })
  if (!isCheck) console.log('There is no display: Linnet runs on a virtual one (Xvfb). Ctrl+C ends it.')
  const { inDesktopSession } = await import('./desktop-session.mjs')
  process.chdir(root)
  return inDesktopSession(command)
})
