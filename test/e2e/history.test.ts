/** What makes a history one's own, in the real application: pictures of links, sending later, deleting, exporting, backing up. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openStorage } from '../../src-main/storage/index.ts'
import { launchLinnet, newProfile, removeProfile, type Linnet } from '../helpers/app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { pngOf } from '../helpers/pictures.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { launchSignedIn, openSettings, untilOnline, violationsOf } from './screens.ts'

const PASSWORD = 'But soft, what light'
const BACKUP_PASSWORD = 'a rose by any other name'
const CACHED = 'https://cdn.invalid/known.png'

let server: Prosody
let juliet: Peer
let linnet: Linnet
let page: Page
let profile: string
let files: string

const address = (name: string): string => `${name}@${server.domain}`

/** A picture that an earlier run has loaded. */
function rememberPicture(): void {
  const { storage } = openStorage({ file: join(profile, 'linnet.sqlite'), now: Date.now })
  const bytes = new Uint8Array(pngOf(240, 120, [90, 140, 200]))
  storage.putLinkPicture(CACHED, { type: 'image/png', width: 240, height: 120, bytes }, Date.now())
  storage.close()
}

beforeAll(async () => {
  server = await startProsody()
  for (const name of ['romeo', 'juliet']) server.addUser(name, PASSWORD)
  server.setRoster('romeo', [{ jid: address('juliet'), name: 'Juliet' }])
  server.setRoster('juliet', [{ jid: address('romeo') }])
  juliet = await connectPeer(server, 'juliet', PASSWORD)
  profile = newProfile()
  files = newProfile()
  rememberPicture()
  linnet = await launchSignedIn(server, { name: 'romeo', password: PASSWORD }, { profile })
  page = linnet.page
})
afterEach(async ({ task }) => {
  // What is open would stand in the way of what follows.
  if (task.result?.state === 'fail') await page.keyboard.press('Escape').catch(() => undefined)
})
afterAll(async () => {
  await linnet.quit()
  removeProfile(profile)
  removeProfile(files)
  juliet.close()
  await server.dispose()
})

const log = () => page.getByRole('log')
const dialog = (name: string | RegExp) => page.getByRole('dialog', { name })

/** What the system's dialogs answer. */
async function answerFiles(file: string): Promise<void> {
  await linnet.app.evaluate(({ dialog: system }, chosen) => {
    system.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen })
    system.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, file)
}

function sendCard(id: string, image: string): void {
  juliet.send(
    `<message to='${address('romeo')}' type='chat' id='${id}'><body>look https://a.invalid/${id}</body>
     <rdf:Description xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:og='https://ogp.me/ns#'
       rdf:about='https://a.invalid/${id}'><og:title>Page ${id}</og:title><og:image>${image}</og:image>
     </rdf:Description></message>`,
  )
}

async function openChat(): Promise<void> {
  await page
    .getByRole('option', { name: /Juliet/ })
    .first()
    .click()
  await log().waitFor()
}

async function chooseInMenu(name: string): Promise<void> {
  await page.getByRole('button', { name: 'Conversation menu' }).click()
  await page.getByRole('menuitem', { name }).click()
}

test('S15: the picture of a link waits for a click; one that was loaded before is shown', async () => {
  sendCard('known', CACHED)
  sendCard('other', 'https://cdn.invalid/other.png')
  await openChat()
  await log().getByRole('img', { name: 'Picture of the page: Page known' }).waitFor()
  const load = log().getByRole('button', { name: 'Load picture' })
  expect(await load.count()).toBe(1)
  expect(await violationsOf(page)).toEqual([])
  await load.click()
  await log().getByText('No picture could be had from cdn.invalid.').waitFor()

  await log().getByRole('button', { name: 'When pictures are loaded' }).click()
  await page.getByRole('menuitem', { name: 'Always load in this chat' }).click()
  await log().getByRole('button', { name: 'When pictures are loaded' }).waitFor({ state: 'detached' })
  await openSettings(page, 'Privacy')
  const allowed = page.getByRole('list', { name: 'Always loaded from' })
  await allowed.getByText('Juliet').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await allowed.getByRole('button', { name: 'Ask again for pictures from Juliet' }).click()
  await allowed.waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
})

test('what is sent later keeps what hides it, and what it answers', async () => {
  await log().getByText('look https://a.invalid/other').first().click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Reply' }).click()
  await page.getByRole('button', { name: /spoiler/i }).click()
  const field = page.getByRole('textbox', { name: 'Message Juliet' })
  await field.fill('the butler')
  await page.getByRole('button', { name: 'Send later' }).click()
  await page.getByRole('menuitem', { name: /Tomorrow morning/ }).click()
  await page.getByRole('button', { name: '1 scheduled message' }).click()
  const list = page.getByRole('region', { name: 'Scheduled messages' })
  await list.getByText(/As a reply · Hidden until asked for/).waitFor()
  await list.getByRole('button', { name: 'Send now' }).click()
  const sent = await juliet.waitForMessage('> look https://a.invalid/other\nthe butler')
  expect(sent.getChild('spoiler', 'urn:xmpp:spoiler:0')).toBeDefined()
  expect(sent.getChild('reply', 'urn:xmpp:reply:0')?.attrs['id']).toBe('other')
})

test('how much history is loaded is kept as it was chosen', async () => {
  await openSettings(page, 'General')
  await page.locator('[data-setting=history] select').first().selectOption({ index: 0 })
  expect(await violationsOf(page)).toEqual([])
  const chosen = await page.locator('[data-setting=history] select').first().inputValue()
  await page.keyboard.press('Escape')
  await openSettings(page, 'General')
  expect(await page.locator('[data-setting=history] select').first().inputValue()).toBe(chosen)
  await page.keyboard.press('Escape')
})

test.each([
  ['Web page, to read (HTML)', 'chat.html', '&lt;b&gt;bold&lt;/b&gt;'],
  ['Plain text', 'chat.txt', '<b>bold</b>'],
  ['JSON, for other programs', 'chat.json', '"body":"<b>bold</b>"'],
])('a chat is exported: %s', async (format, name, words) => {
  juliet.say(address('romeo'), '<b>bold</b>')
  await log().getByText('<b>bold</b>').first().waitFor()
  await answerFiles(join(files, name))
  await chooseInMenu('Export chat…')
  const asked = dialog('Export the chat with Juliet')
  await asked.getByLabel('Format').selectOption({ label: format })
  expect(await violationsOf(page)).toEqual([])
  await asked.getByRole('button', { name: 'Export' }).click()
  await asked.getByText(new RegExp(`were written to ${name}`)).waitFor()
  await asked.getByRole('button', { name: 'Close' }).last().click()
  expect(readFileSync(join(files, name), 'utf8')).toContain(words)
  expect(existsSync(join(files, `${name}.part`))).toBe(false)
})

test('everything is backed up into one file under a password', async () => {
  await openSettings(page, 'General')
  await page.getByRole('button', { name: 'Back up…' }).click()
  const asked = dialog('Back up Linnet')
  const [first, second] = [
    asked.getByLabel('Password for the backup'),
    asked.getByLabel('The same password again'),
  ]
  await first.fill('short')
  await asked.getByRole('button', { name: 'Back up' }).click()
  await asked.getByText('Use at least 8 characters.').waitFor()
  await first.fill(BACKUP_PASSWORD)
  await second.fill('another one')
  await asked.getByRole('button', { name: 'Back up' }).click()
  await asked.getByText('The two passwords differ.').waitFor()
  await second.fill(BACKUP_PASSWORD)
  expect(await violationsOf(page)).toEqual([])
  await answerFiles(join(files, 'all.linnet-backup'))
  await asked.getByRole('button', { name: 'Back up' }).click()
  await asked.getByText('The backup was written to all.linnet-backup.').waitFor()
  await asked.getByRole('button', { name: 'Close' }).last().click()
  expect(readFileSync(join(files, 'all.linnet-backup')).includes('butler')).toBe(false)
})

test('the history of a chat is deleted here, and the archive does not bring it back', async () => {
  await chooseInMenu('Delete history…')
  const asked = dialog('Delete the history with Juliet?')
  expect(await violationsOf(page)).toEqual([])
  await asked.getByRole('button', { name: 'Delete history' }).click()
  await asked.waitFor({ state: 'detached' })
  await page.getByText('the butler').waitFor({ state: 'detached' })
  juliet.say(address('romeo'), 'after all that')
  await log().getByText('after all that').waitFor()
  await linnet.quit()
  linnet = await launchLinnet({ profile, server })
  page = linnet.page
  await untilOnline(page)
  await openChat()
  await log().getByText('after all that').waitFor()
  expect(await log().getByText('look https://a.invalid').count()).toBe(0)
})

test('a wrong password or file changes nothing; the right one brings everything back at the next start', async () => {
  await openSettings(page, 'General')
  await page.getByRole('button', { name: 'Restore…' }).click()
  const asked = dialog('Restore from a backup')
  await answerFiles(join(files, 'chat.json'))
  await asked.getByRole('button', { name: 'Choose file…' }).click()
  await asked.getByText('This file is no backup of Linnet.').waitFor()
  await answerFiles(join(files, 'all.linnet-backup'))
  await asked.getByRole('button', { name: 'Choose file…' }).click()
  await asked.getByLabel('Password of the backup').fill('a rose by another name')
  await asked.getByRole('button', { name: 'Restore', exact: true }).click()
  await asked.getByText(/The password is not that of this backup/).waitFor()
  expect(existsSync(join(profile, 'restored'))).toBe(false)
  await asked.getByLabel('Password of the backup').fill(BACKUP_PASSWORD)
  expect(await violationsOf(page)).toEqual([])
  await asked.getByRole('button', { name: 'Restore', exact: true }).click()
  await asked.getByText('The backup is ready.').waitFor()
  await asked.getByRole('button', { name: 'Later' }).click()
  await linnet.quit()
  linnet = await launchLinnet({ profile, server })
  page = linnet.page
  await openChat()
  await log().getByText('look https://a.invalid/other').first().waitFor()
  expect(readdirSync(profile).some((name) => name.startsWith('linnet.sqlite.replaced-'))).toBe(true)
  await linnet.quit()
})

test('a new computer is set up from a backup', async () => {
  const fresh = newProfile()
  linnet = await launchLinnet({ profile: fresh, server })
  page = linnet.page
  await page.getByRole('button', { name: 'Restore from a backup…' }).click()
  const asked = dialog('Restore from a backup')
  await answerFiles(join(files, 'all.linnet-backup'))
  await asked.getByRole('button', { name: 'Choose file…' }).click()
  await asked.getByLabel('Password of the backup').fill(BACKUP_PASSWORD)
  expect(await violationsOf(page)).toEqual([])
  await asked.getByRole('button', { name: 'Restore', exact: true }).click()
  await asked.getByText('The backup is ready.').waitFor()
  await asked.getByRole('button', { name: 'Later' }).click()
  await linnet.quit()
  linnet = await launchLinnet({ profile: fresh, server })
  page = linnet.page
  await openChat()
  await log().getByText('look https://a.invalid/other').first().waitFor()
  await linnet.quit()
  removeProfile(fresh)
  linnet = await launchLinnet({ profile, server })
})
