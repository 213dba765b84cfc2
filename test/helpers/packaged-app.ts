/**
 * The packaged program in a real window. Its fuses forbid inspection, so it is driven through the page's own debugging
 * port alone.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chromium, type Browser, type Page } from 'playwright-core'
import { rootFlags, type LaunchOptions } from './app.ts'
import { freePorts } from './free-ports.ts'
import type { Prosody } from './prosody.ts'

export interface PackagedLinnet {
  readonly page: Page
  /** Resolves when the program is gone, by itself or not. */
  readonly ended: Promise<unknown>
  kill(): Promise<void>
}

/** Starts `program` on a profile; a test's server is trusted by it. */
export async function launchPackaged(
  program: string,
  {
    server,
    profile,
    args = [],
    env = {},
  }: { readonly server: Prosody; readonly profile: string } & Pick<LaunchOptions, 'args' | 'env'>,
): Promise<PackagedLinnet> {
  const [port = 0] = await freePorts(1)
  const own = [`--user-data-dir=${profile}`, `--remote-debugging-port=${port}`, '--lang=en-US']
  const linnet = spawn(program, [...rootFlags(), ...own, ...args], {
    // Electron takes NODE_EXTRA_CA_CERTS away with the fuse for NODE_OPTIONS.
    env: { ...process.env, SSL_CERT_FILE: server.caFile, ...env },
    stdio: 'ignore',
  })
  const ended = once(linnet, 'exit')
  const browser = await connectToPage(port)
  const kill = async (): Promise<void> => {
    await browser.close()
    linnet.kill('SIGKILL')
    await ended
  }
  return { page: await firstPage(browser), ended, kill }
}

/** The program needs a moment until it listens; asked while it makes its first window, it may never answer that one call. */
async function connectToPage(port: number): Promise<Browser> {
  for (const end = Date.now() + 60_000; ;) {
    try {
      return await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { timeout: 10_000 })
    } catch (error) {
      if (Date.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

async function firstPage(browser: Browser): Promise<Page> {
  const [context] = browser.contexts()
  if (context === undefined) throw new Error('no window')
  return context.pages()[0] ?? context.waitForEvent('page')
}
