/** The real application in a real window: started by Playwright on a profile of its own, ended at once or in order. */
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureElectron } from '../../scripts/setup/electron.mjs'
import { root } from '../../scripts/setup/paths.mjs'
import type { Prosody } from './prosody.ts'

export interface Linnet {
  readonly app: ElectronApplication
  /** The first window. */
  readonly page: Page
  readonly pid: number
  readonly profile: string
  /** What it wrote to the standard error so far. */
  stderr(): string
  /** A window that isn't there yet, such as a conversation's own. */
  nextWindow(): Promise<Page>
  /** As the user quits it. */
  quit(): Promise<void>
  /** kill -9: no time for anything. */
  kill(): Promise<void>
}

export interface LaunchOptions {
  /** A folder to start on again; a new one otherwise. The test removes it (`removeProfile`). */
  readonly profile?: string
  /** Its certificate authority is trusted. */
  readonly server?: Pick<Prosody, 'caFile'>
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Of a start that shows no window: what brings it. */
  readonly bring?: (app: ElectronApplication) => Promise<unknown>
}

const START_MS = 45_000

export function newProfile(): string {
  return mkdtempSync(join(tmpdir(), 'linnet-profile-'))
}

/** After kill -9 its helper processes still write for a moment: begins anew until nothing is left. */
export function removeProfile(profile: string): void {
  for (let tries = 1; ; tries++) {
    try {
      return rmSync(profile, { recursive: true, force: true })
    } catch (error) {
      if (tries === 50) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    }
  }
}

export async function launchLinnet(options: LaunchOptions = {}): Promise<Linnet> {
  if (!existsSync(join(root, 'out/main/main.js'))) throw new Error('Build first: npm run build')
  const profile = options.profile ?? newProfile()
  const extraCa = options.server === undefined ? {} : { NODE_EXTRA_CA_CERTS: options.server.caFile }
  const app = await launchElectron(
    [root, ...rootFlags(), `--user-data-dir=${profile}`, '--lang=en-US', ...(options.args ?? [])],
    { ...definedEnv(), ...extraCa, LANGUAGE: 'en', ...options.env },
  )
  let said = ''
  const child = app.process()
  child.stderr?.on('data', (data) => (said += String(data)))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await options.bring?.(app)
  const page = await app.firstWindow({ timeout: START_MS })
  return {
    app,
    page,
    pid: child.pid ?? 0,
    profile,
    stderr: () => said,
    nextWindow: () => app.waitForEvent('window', { timeout: START_MS }),
    quit: async () => {
      // The process may be gone before it can answer.
      await app.evaluate(({ app: electron }) => electron.quit()).catch(() => undefined)
      await ended
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Starts Linnet once more on the profile of one that runs; resolves when that process has ended. */
export async function startAgain(profile: string, ...args: readonly string[]): Promise<number | null> {
  const { electronPath } = await ensureElectron()
  const all = [root, ...rootFlags(), `--user-data-dir=${profile}`, ...args]
  const child = spawn(electronPath, all, { stdio: 'ignore' })
  return new Promise((resolve) => child.once('exit', resolve))
}

/** An application's folder and its arguments; it waits with being ready until the driver is attached. */
export async function launchElectron(
  args: readonly string[],
  env: Readonly<Record<string, string>> = definedEnv(),
): Promise<ElectronApplication> {
  const { electronPath } = await ensureElectron()
  const before = ['hold-ready.cjs', 'end-clean.cjs'].flatMap((name) => [
    '-r',
    join(import.meta.dirname, name),
  ])
  const all = [...before, ...args]
  return _electron.launch({ executablePath: electronPath, args: all, env, timeout: START_MS })
}

/** Electron refuses to run as root with its sandbox. Never given to other users. */
export function rootFlags(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )
}

export interface ProvisionAccount {
  readonly name: string
  readonly password: string
  readonly remember?: boolean
}

/** A file for `--provision` with accounts of a test server; inside `folder`. */
export function writeProvision(
  folder: string,
  server: Prosody,
  accounts: readonly ProvisionAccount[],
): string {
  const file = join(folder, 'provision.json')
  const listed = accounts.map(({ name, password, remember = true }) => ({
    address: `${name}@${server.domain}`,
    password,
    host: '127.0.0.1',
    port: server.tlsPort,
    security: 'direct-tls',
    remember,
  }))
  writeFileSync(file, JSON.stringify({ accounts: listed }), { mode: 0o600 })
  return file
}
