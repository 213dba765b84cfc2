/** Plays the demo: server, people, and Linnet signed in as Romeo. Ends all of it, and its folder, when it ends. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootFlags, writeProvision } from '../../test/helpers/app.ts'
import { ensureElectron } from '../setup/electron.mjs'
import { root } from '../setup/paths.mjs'
import { PASSWORD } from './cast.ts'
import { check } from './check.ts'
import { writeHistory } from './history.ts'
import { enterPlayers } from './players.ts'
import { buildStage } from './stage.ts'

async function play(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'linnet-demo-'))
  const server = await buildStage()
  const players = await enterPlayers(server)
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  try {
    if (process.argv.includes('--check'))
      return await check({ server, players, profile: join(folder, 'profile') })
    return await open(folder)
  } finally {
    players.leave()
    await server.dispose()
  }

  /** Until the window is closed, or Ctrl+C. */
  async function open(profile: string): Promise<number> {
    const { electronPath } = await ensureElectron()
    writeHistory(profile, 'demo')
    const provision = writeProvision(folder, server, [{ name: 'romeo', password: PASSWORD, remember: false }])
    const args = [root, ...rootFlags(), `--user-data-dir=${profile}`, '--provision', provision]
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: server.caFile }
    const linnet = spawn(electronPath, args, { env, stdio: ['ignore', 'ignore', 'ignore'] })
    const ended = new Promise<number>((resolve, reject) => {
      linnet.once('error', reject)
      linnet.once('exit', (code) => resolve(code ?? 0))
    })
    const stop = (): void => void linnet.kill()
    process.on('SIGINT', stop).on('SIGTERM', stop)
    console.log(
      'Linnet is open as Romeo. Say something to Juliet or the nurse; they answer. Ctrl+C ends the demo.',
    )
    return ended
  }
}

process.exit(await play())
