/**
 * The packaged program, as a user installs it, and the first minutes of somebody who has just done so;
 * and how it gets a newer one.
 */
import { extractFile, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageLinnet } from '../../scripts/package.mjs'
import { newProfile, removeProfile, writeProvision } from '../helpers/app.ts'
import { launchPackaged, type PackagedLinnet } from '../helpers/packaged-app.ts'
import { connectPeer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { startUpdateFeed, type UpdateFeed } from '../helpers/update-feed.ts'
import { playFirstSteps } from './first-steps.ts'
import { openSettings, untilOnline } from './screens.ts'

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
  let linnet: PackagedLinnet

  beforeAll(async () => {
    server = await startProsody()
    server.addUser('romeo', 'packed')
    server.addUser('juliet', 'packed')
    server.setRoster('romeo', [{ jid: 'juliet@chat.test', name: 'Juliet Capulet' }])
    server.setRoster('juliet', [{ jid: 'romeo@chat.test' }])
    const provision = writeProvision(folder, server, [{ name: 'romeo', password: 'packed', remember: false }])
    linnet = await launchPackaged(program, { server, profile, args: ['--provision', provision] })
  })
  afterAll(async () => {
    await linnet.kill()
    await server.dispose()
    removeProfile(profile)
  })

  test('signs in and receives', async () => {
    const { page } = linnet
    const juliet = await connectPeer(server, 'juliet', 'packed')
    await juliet.waitFor(
      (stanza) => stanza.is('presence') && String(stanza.attrs.from).startsWith('romeo@chat.test/'),
    )
    juliet.say('romeo@chat.test', 'Ay me!')
    await page.getByText('Ay me!').first().waitFor()
    // The search worker starts from the archive too.
    await page.keyboard.press('Control+Shift+F')
    await page.getByRole('searchbox', { name: 'Search in all chats' }).fill('ay me')
    await page.getByRole('listbox', { name: 'Messages found' }).getByRole('option').first().waitFor()
    juliet.close()
  })
})

describe('somebody who has just installed it', () => {
  const profile = newProfile()
  let server: Prosody
  let linnet: PackagedLinnet

  beforeAll(async () => {
    server = await startProsody({ extraConfig: 'allow_registration = true\nregistration_whitelist = {}\n' })
    server.addUser('juliet', 'packed')
    linnet = await launchPackaged(program, { server, profile })
  })
  afterAll(async () => {
    await linnet.kill()
    await server.dispose()
    removeProfile(profile)
  })

  test('has an account, a contact and a message delivered by clicking what is to be seen', async () => {
    const juliet = await connectPeer(server, 'juliet', 'packed')
    const { seconds, deeds } = await playFirstSteps(linnet.page, server, juliet)
    console.info(`from the first window to a message delivered: ${deeds} clicks and fields, ${seconds} s`)
    // A person needs some three seconds for each: two minutes are enough.
    expect(deeds).toBeLessThanOrEqual(25)
    juliet.close()
  })
})

describe('updates', () => {
  const appImage = join(folder, 'Linnet.AppImage')
  const channel = join(folder, 'linux-unpacked', 'resources', 'app-update.yml')
  const started = `${appImage}.started`
  const program99 = `#!/bin/sh\necho "$@" > '${started}'\n`
  const profile = newProfile()
  let server: Prosody
  let feed: UpdateFeed
  let linnet: PackagedLinnet | undefined

  /** Starts on a profile that has an account, and opens where updates stand. */
  const start = async (): Promise<Page> => {
    await linnet?.kill()
    const provision = writeProvision(folder, server, [{ name: 'romeo', password: 'packed' }])
    linnet = await launchPackaged(program, {
      ...{ server, profile, args: ['--provision', provision] },
      env: { APPIMAGE: appImage, XDG_CACHE_HOME: join(folder, 'cache') },
    })
    await untilOnline(linnet.page)
    await openSettings(linnet.page, 'Advanced')
    return linnet.page
  }
  const look = (page: Page) => page.getByRole('button', { name: 'Look now' })
  const said = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words }).waitFor()

  beforeAll(async () => {
    server = await startProsody()
    server.addUser('romeo', 'packed')
    feed = await startUpdateFeed()
    writeFileSync(appImage, '#!/bin/sh\n', { mode: 0o755 })
  })
  afterAll(async () => {
    await linnet?.kill()
    feed.close()
    await server.dispose()
    removeProfile(profile)
  })

  test('without a channel they come from where Linnet came from', async () => {
    expect(existsSync(channel)).toBe(false)
    const page = await start()
    await page.getByText('This build gets its updates from where you got it').waitFor()
    expect(await look(page).count()).toBe(0)
  })

  test('with one nothing is asked before the user wishes it; what came of it is said', async () => {
    writeFileSync(channel, `provider: generic\nurl: ${feed.url}\nupdaterCacheDirName: linnet-updater\n`)
    const page = await start()
    const daily = page.getByRole('switch', { name: 'Look for a newer Linnet once a day' })
    await daily.waitFor()
    expect(await daily.isChecked()).toBe(false)
    expect(feed.requests).toEqual([])
    await look(page).click()
    await said(page, 'could not be asked')
    feed.offer('0.0.1', program99)
    await look(page).click()
    await said(page, 'newest')
    expect(feed.requests.map(({ path }) => path)).toEqual(['/latest-linux.yml', '/latest-linux.yml'])
    // No number that would tell one installation from another.
    for (const { headers } of feed.requests) {
      expect(Object.values(headers).join(' ')).not.toMatch(/[\da-f]{8}-[\da-f]{4}-/i)
    }
  })

  test('one that is not what was announced is not installed', async () => {
    const { page } = linnet as PackagedLinnet
    feed.offer('99.0.0', program99, { broken: true })
    await look(page).click()
    await said(page, '99.0.0')
    await page.getByRole('button', { name: 'Install and restart' }).click()
    await said(page, 'could not be renewed')
    expect(existsSync(started)).toBe(false)
  })

  test('a good one takes the place of this one and is started', async () => {
    const { page, ended } = linnet as PackagedLinnet
    feed.offer('99.0.1', program99)
    await look(page).click()
    await said(page, '99.0.1')
    await page.getByRole('button', { name: 'Install and restart' }).click()
    await ended
    await expect.poll(() => existsSync(started), { timeout: 20_000 }).toBe(true)
  })
})
