/** The preferences in the real application: found, set, and what they do to window, session and notifications. */
import type { Page } from 'playwright-core'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import { newProfile, removeProfile, type Linnet } from '../helpers/app.ts'
import { connectDesktop, type Desktop } from '../helpers/desktop.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { chooseTheme, launchSignedIn, openSettings, violationsOf } from './screens.ts'

const PASSWORD = 'But soft, what light'
const PAGES = ['General', 'Accounts', 'Notifications', 'Privacy', 'Appearance', 'Shortcuts', 'Advanced']

let server: Prosody
let linnet: Linnet
let page: Page
let juliet: Peer
let desktop: Desktop
const profile = newProfile()

beforeAll(async () => {
  server = await startProsody()
  for (const name of ['romeo', 'juliet']) server.addUser(name, PASSWORD)
  server.setRoster('romeo', [{ jid: `juliet@${server.domain}`, name: 'Juliet' }])
  server.setRoster('juliet', [{ jid: `romeo@${server.domain}` }])
  juliet = await connectPeer(server, 'juliet', PASSWORD)
  desktop = connectDesktop()
  const env = { XDG_CONFIG_HOME: join(profile, 'config') }
  linnet = await launchSignedIn(server, { name: 'romeo', password: PASSWORD }, { profile, env })
  page = linnet.page
  page.setDefaultTimeout(20_000)
})
afterAll(async () => {
  desktop.close()
  juliet.close()
  await linnet.quit()
  removeProfile(profile)
  await server.dispose()
})

const close = () => page.getByRole('button', { name: 'Close' }).click()
const zoomFactor = (): Promise<number> =>
  linnet.app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor() ?? 0,
  )
const say = (words: string): string => juliet.say(`romeo@${server.domain}` as BareJid, words)

test('a setting is found by its words in either language, and led to', async () => {
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('searchbox', { name: 'Search settings' }).fill('深色')
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: /Theme/ }).click()
  await page.locator('select:focus').waitFor()
  expect(await page.getByRole('tab', { name: 'Appearance' }).getAttribute('aria-selected')).toBe('true')
  await close()
})

test('text grows, and the whole window', async () => {
  await openSettings(page, 'Appearance')
  await page.getByLabel('Text size').selectOption('Very large')
  const rootSize = (): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.documentElement).fontSize)
  await expect.poll(rootSize).toBe('21.6px')
  await page.getByLabel('Text size').selectOption('Normal')
  await expect.poll(rootSize).toBe('16px')
  await page.getByLabel('Zoom of everything').selectOption('150')
  await expect.poll(zoomFactor).toBeCloseTo(1.5)
  await linnet.app.evaluate(({ Menu }) => {
    const view = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'View')
    view?.submenu?.items.find(({ accelerator }) => accelerator === 'CommandOrControl+0')?.click()
  })
  await expect.poll(zoomFactor).toBe(1)
  await expect.poll(() => page.getByLabel('Zoom of everything').inputValue()).toBe('100')
  await close()
})

test('starting with the session is a file that comes and goes', async () => {
  const entry = join(profile, 'config', 'autostart', 'im.linnet.Linnet.desktop')
  await openSettings(page, 'General')
  const toggle = page.getByRole('switch', { name: 'Start Linnet when I log in' })
  expect(await toggle.isChecked()).toBe(false)
  await toggle.click()
  await expect.poll(() => existsSync(entry)).toBe(true)
  expect(readFileSync(entry, 'utf8')).toMatch(/^Exec="\/.*" "--hidden"$/m)
  await toggle.click()
  await expect.poll(() => existsSync(entry)).toBe(false)
  await close()
})

test('spelling is checked only after the user agreed to the download', async () => {
  const state = (): Promise<[boolean, string[]]> =>
    linnet.app.evaluate(({ session }) => {
      const { defaultSession: ours } = session
      return [ours.isSpellCheckerEnabled(), ours.getSpellCheckerLanguages()]
    })
  expect(await state()).toEqual([false, []])
  await openSettings(page, 'General')
  const toggle = page.getByRole('switch', { name: 'Check my spelling as I type' })
  await toggle.click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  expect(await toggle.isChecked()).toBe(false)
  expect(await state()).toEqual([false, []])
  await toggle.click()
  await page.getByRole('button', { name: 'Fetch and check' }).click()
  await page.getByRole('checkbox', { name: 'British English', exact: true }).click()
  await page.getByRole('checkbox', { name: 'German', exact: true }).click()
  await expect.poll(state).toEqual([true, ['en-GB', 'de']])
  expect(await violationsOf(page)).toEqual([])
  await toggle.click()
  await expect.poll(state).toEqual([false, []])
  await close()
})

test('a notification sounds; in quiet hours nothing comes but the count', async () => {
  const bodies = async (): Promise<string[]> =>
    (await desktop.notifications(linnet.pid)).map(({ body }) => body)
  await page.evaluate(() => {
    const { start } = OscillatorNode.prototype
    OscillatorNode.prototype.start = function (...at: [number?]) {
      document.documentElement.dataset['sounded'] = 'yes'
      start.apply(this, at)
    }
  })
  say('What light through yonder')
  await expect.poll(bodies, { timeout: 20_000 }).toContain('What light through yonder')
  await page.locator(':root[data-sounded=yes]').waitFor()

  await openSettings(page, 'Notifications')
  await page.getByRole('switch', { name: 'No notifications at certain times' }).click()
  await page.getByLabel('From', { exact: true }).fill('08:00')
  await page.getByLabel('To', { exact: true }).fill('08:00')
  await page.getByText('The whole day.').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await close()
  say('Arise, fair sun')
  await page.getByRole('option', { name: /2 unread/ }).waitFor()

  await openSettings(page, 'Notifications')
  await page.getByRole('switch', { name: 'No notifications at certain times' }).click()
  await page.getByRole('switch', { name: 'Play a sound with notifications' }).click()
  await page.getByRole('switch', { name: 'Show the words in notifications' }).click()
  await page.evaluate(() => delete document.documentElement.dataset['sounded'])
  await close()
  say('It is my lady')
  await expect.poll(bodies, { timeout: 20_000 }).toContain('3 new messages')
  expect((await bodies()).filter((body) => /Arise|my lady/.test(body))).toEqual([])
  expect(await page.locator(':root[data-sounded=yes]').count()).toBe(0)
})

test('Show log leads to the file that Linnet writes', async () => {
  await linnet.app.evaluate(({ shell }) => {
    const spied = shell as typeof shell & { shown?: string[] }
    spied.shown = []
    spied.showItemInFolder = (path) => void spied.shown?.push(path)
  })
  await openSettings(page, 'Advanced')
  await page.getByRole('button', { name: 'Show log' }).click()
  const shown = () => linnet.app.evaluate(({ shell }) => (shell as typeof shell & { shown: string[] }).shown)
  await expect.poll(async () => (await shown()).length).toBe(1)
  const [file = ''] = await shown()
  expect(file.startsWith(profile)).toBe(true)
  expect(readFileSync(file, 'utf8')).toContain('start')
  await close()
})

test('keys are changed, listed, and work', async () => {
  await page.keyboard.press('F1')
  await page
    .getByRole('dialog', { name: 'Keyboard shortcuts' })
    .getByText('Ctrl K', { exact: true })
    .waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Change shortcuts…' }).click()
  await page.getByRole('button', { name: /^Keys of “Jump to a chat/ }).click()
  await page.getByText('Esc leaves it as it is').waitFor()
  await page.keyboard.press('Control+n')
  await page.getByText('Ctrl N is “Add a contact” now.').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: /^Keys of “Jump to a chat/ }).click()
  await page.keyboard.press('Control+j')
  await page.getByRole('button', { name: 'Keys of “Jump to a chat or contact”: Ctrl J. Change.' }).waitFor()
  await close()
  await page.keyboard.press('Control+j')
  await page.getByRole('dialog', { name: 'Jump to a chat or contact' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('F1')
  await page
    .getByRole('dialog', { name: 'Keyboard shortcuts' })
    .getByText('Ctrl J', { exact: true })
    .waitFor()
  await close()
})

test('no barrier that axe finds on any page, light and dark', async () => {
  const found: Record<string, string[]> = {}
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme)
    await page.getByRole('button', { name: 'Settings' }).click()
    for (const name of PAGES) {
      await page.getByRole('tab', { name }).click()
      found[`${theme} ${name}`] = await violationsOf(page)
    }
    await close()
  }
  expect(Object.entries(found).filter(([, violations]) => violations.length > 0)).toEqual([])
})
