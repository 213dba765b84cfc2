/** An account's life in the real application on a real server: made, given a new password, deleted there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchLinnet, removeProfile, type Linnet } from '../helpers/app.ts'
import { connectPeer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { roundOf } from './keyboard.ts'
import { fillSetup, openSettings, pressSignIn, untilOnline, violationsOf } from './screens.ts'

let server: Prosody
let linnet: Linnet
let page: Page

beforeAll(async () => {
  server = await startProsody({
    extraModules: ['user_account_management'],
    extraConfig: 'allow_registration = true\nregistration_whitelist = {}\n',
  })
  server.addUser('taken', 'x')
  linnet = await launchLinnet({ server })
  page = linnet.page
})
afterAll(async () => {
  await linnet.quit()
  removeProfile(linnet.profile)
  await server.dispose()
})

test('made from the setup screen: a name that is taken is mended, and it is signed in', async () => {
  await page.getByRole('button', { name: 'I have no account yet' }).click()
  await page.getByLabel('Or any other').fill(server.domain)
  await page.getByRole('button', { name: 'Create it here…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create an account' })
  expect(await dialog.getByLabel('Server').inputValue()).toBe(server.domain)
  await dialog.getByText('Advanced').click()
  await dialog.getByLabel('Host').fill('127.0.0.1')
  await dialog.getByLabel('Port').fill(String(server.tlsPort))
  await dialog.getByLabel('Security').selectOption('direct-tls')
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await dialog.getByLabel('Username (needed)').fill('taken')
  await dialog.getByLabel('Password (needed)').fill('But soft')
  expect(await violationsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Create account' }).click()
  await dialog.getByText('Somebody has this name already.').waitFor()
  await dialog.getByLabel('Username (needed)').fill('romeo')
  await dialog.getByRole('button', { name: 'Create account' }).click()
})

test('then asked for a name and a picture, which can be left out', async () => {
  const welcome = page.getByRole('dialog', { name: 'Set your name and picture' })
  await expect.poll(() => welcome.getByLabel('Your name').isEnabled(), { timeout: 20_000 }).toBe(true)
  expect(await violationsOf(page)).toEqual([])
  expect(await roundOf(page, 'Tab', 'dialog[open]')).toEqual([])
  expect(await roundOf(page, 'Shift+Tab', 'dialog[open]')).toEqual([])
  await welcome.getByLabel('Your name').fill('Romeo')
  expect(await welcome.getByRole('button', { name: 'Save' }).isEnabled()).toBe(true)
  await welcome.getByRole('button', { name: 'Skip' }).click()
  await untilOnline(page)
})

test('a new password, after the present one was proved', async () => {
  await openSettings(page, 'Accounts')
  await page.getByRole('button', { name: 'Change password…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Change the password of' })
  await dialog.getByLabel('Present password', { exact: true }).fill('guess')
  await dialog.getByLabel('New password', { exact: true }).fill('It is the east')
  await dialog.getByLabel('New password once more', { exact: true }).fill('It is the west')
  await dialog.getByRole('button', { name: 'Change password' }).click()
  await dialog.getByText('The two are not the same.').waitFor()
  await dialog.getByLabel('New password once more', { exact: true }).fill('It is the east')
  await dialog.getByRole('button', { name: 'Change password' }).click()
  await dialog.getByText('This is not the password of the account.').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await dialog.getByLabel('Present password', { exact: true }).fill('But soft')
  await dialog.getByRole('button', { name: 'Change password' }).click()
  await dialog.waitFor({ state: 'detached' })
})

async function deleteOnServer(name: string, keep: boolean): Promise<void> {
  await openSettings(page, 'Accounts')
  await page.getByRole('button', { name: 'Delete on the server…' }).click()
  const dialog = page.getByRole('dialog', { name: `Delete ${name}@${server.domain} for ever?` })
  await dialog.getByRole('button', { name: 'Delete for ever' }).click()
  await dialog.getByText('This is not its address.').waitFor()
  await dialog.getByLabel('Type the account’s address to confirm').fill(`${name}@${server.domain}`)
  await dialog.getByLabel('Keep its history on this computer').setChecked(keep)
  expect(await violationsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Delete for ever' }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** A message of who was there before, answered by adding them: it stands in a chat. */
async function isToldBy(words: string, name: string): Promise<void> {
  const taken = await connectPeer(server, 'taken', 'x')
  taken.say(`${name}@${server.domain}`, words)
  await page.getByRole('button', { name: '1 message request' }).click()
  await page.getByRole('button', { name: /taken@/ }).click()
  await page.getByRole('button', { name: 'Accept', exact: true }).click()
  await page.getByRole('log').getByText(words).waitFor()
  taken.close()
}

/** The files of the profile that hold these words: the database, its log, and whatever else there is. */
function filesWith(words: string): string[] {
  const files = readdirSync(linnet.profile, { recursive: true, withFileTypes: true })
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name))
  return paths.filter((path) => existsSync(path) && readFileSync(path).includes(words))
}

const isOnServer = (name: string, password: string): Promise<boolean> =>
  connectPeer(server, name, password).then(
    (peer) => {
      peer.close()
      return true
    },
    () => false,
  )

test('deleted on the server, its history kept: it is gone there, and here to be read', async () => {
  await isToldBy('parting is such sweet sorrow', 'romeo')
  expect(await isOnServer('romeo', 'It is the east')).toBe(true)
  await deleteOnServer('romeo', true)
  expect(await isOnServer('romeo', 'It is the east')).toBe(false)
  await page.getByRole('button', { name: /^Chats/ }).click()
  await page
    .getByRole('listbox', { name: 'Chats' })
    .getByRole('option', { name: /sweet sorrow/ })
    .click()
  await page.getByText('This account was removed. Its chats can only be read.').waitFor()
  await page.getByRole('log').getByText('parting is such sweet sorrow').waitFor()
})

test('deleted on the server with its history: nothing of it is left, on the disk neither', async () => {
  await openSettings(page, 'Accounts')
  await page.getByRole('button', { name: 'Delete history…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete history', exact: true }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await expect.poll(() => filesWith('sweet sorrow'), { timeout: 20_000 }).toEqual([])

  server.addUser('benvolio', 'peace')
  await fillSetup(page, server, { name: 'benvolio', password: 'peace' })
  await pressSignIn(page)
  await untilOnline(page)
  await isToldBy('part, fools', 'benvolio')
  expect(filesWith('part, fools')).not.toEqual([])
  await deleteOnServer('benvolio', false)
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  expect(await isOnServer('benvolio', 'peace')).toBe(false)
  await expect.poll(() => filesWith('part, fools'), { timeout: 20_000 }).toEqual([])
})
