/**
 * The packaged program, as a user installs it: its fuses forbid inspection, so it is driven through the page's own
 * debugging port alone.
 */
import { extractFile, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageLinnet } from '../../scripts/package.mjs'
import { newProfile, removeProfile, rootFlags, writeProvision } from '../helpers/app.ts'
import { freePorts } from '../helpers/free-ports.ts'
import { connectPeer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'

const folder = mkdtempSync(join(tmpdir(), 'linnet-packaged-'))
const program = join(folder, 'linux-unpacked', 'linnet')
const asar = join(folder, 'linux-unpacked', 'resources', 'app.asar')

beforeAll(() => packageLinnet({ dir: true, output: folder }))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('what is in the package', () => {
  test('the fuses are set', async () => {
    const fuses = await getCurrentFuseWire(program)
    const { ENABLE, DISABLE } = FuseState
    expect({
      runAsNode: fuses[FuseV1Options.RunAsNode],
      nodeOptions: fuses[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
      inspect: fuses[FuseV1Options.EnableNodeCliInspectArguments],
      onlyAsar: fuses[FuseV1Options.OnlyLoadAppFromAsar],
      cookies: fuses[FuseV1Options.EnableCookieEncryption],
    }).toEqual({
      runAsNode: DISABLE,
      nodeOptions: DISABLE,
      inspect: DISABLE,
      onlyAsar: ENABLE,
      cookies: ENABLE,
    })
  })

  test('one package beside our own code, and no sources', () => {
    const files = listPackage(asar, { isPack: false })
    const packages = new Set(files.map((file) => /^\/node_modules\/([^/]+)/.exec(file)?.[1]).filter(Boolean))
    expect([...packages]).toEqual(['better-sqlite3'])
    expect(files.filter((file) => /\.(ts|svelte|map)$|^\/(src-|test|scripts)/.test(file))).toEqual([])
    expect(JSON.parse(String(extractFile(asar, 'package.json')))).toMatchObject({ productName: 'Linnet' })
  })
})

describe('the program', () => {
  const profile = newProfile()
  let server: Prosody
  let linnet: ChildProcess
  let browser: Browser | undefined
  let page: Page

  beforeAll(async () => {
    server = await startProsody()
    server.addUser('romeo', 'packed')
    server.addUser('juliet', 'packed')
    server.setRoster('romeo', [{ jid: 'juliet@chat.test', name: 'Juliet Capulet' }])
    server.setRoster('juliet', [{ jid: 'romeo@chat.test' }])
    const [port = 0] = await freePorts(1)
    const provision = writeProvision(folder, server, [{ name: 'romeo', password: 'packed', remember: false }])
    const args = [
      ...rootFlags(),
      `--user-data-dir=${profile}`,
      `--remote-debugging-port=${port}`,
      '--lang=en-US',
      '--provision',
      provision,
    ]
    linnet = spawn(program, args, {
      // Electron takes NODE_EXTRA_CA_CERTS away with the fuse for NODE_OPTIONS.
      env: { ...process.env, SSL_CERT_FILE: server.caFile },
      stdio: 'ignore',
    })
    browser = await connectToPage(port)
    page = await firstPage(browser)
  })
  afterAll(async () => {
    await browser?.close()
    linnet.kill('SIGKILL')
    await once(linnet, 'exit')
    await server.dispose()
    removeProfile(profile)
  })

  test('signs in and receives', async () => {
    const juliet = await connectPeer(server, 'juliet', 'packed')
    await juliet.waitFor(
      (stanza) => stanza.is('presence') && String(stanza.attrs.from).startsWith('romeo@chat.test/'),
    )
    juliet.say('romeo@chat.test', 'Ay me!')
    await page.getByText('Ay me!').first().waitFor()
    juliet.close()
  })
})

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
