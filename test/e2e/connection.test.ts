/**
 * How an account is connected, in the real application on a real server whose certificate nobody vouches for: refused,
 * compared, trusted; then led through a proxy, which ends.
 */
import type { Page } from 'playwright-core'
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchLinnet, removeProfile, type Linnet } from '../helpers/app.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { startSocks5, type TestProxy } from '../helpers/proxies.ts'
import { fillSetup, openSettings, pressSignIn, untilOnline, violationsOf } from './screens.ts'

const ROMEO = { name: 'romeo', password: 'But soft, what light' }

let server: Prosody
let proxy: TestProxy
let linnet: Linnet
let page: Page

beforeAll(async () => {
  server = await startProsody()
  server.addUser('romeo', ROMEO.password)
  proxy = await startSocks5({ username: 'gate', password: 'open', resolve: () => server.tlsPort })
  // Its authority is not given to the application.
  linnet = await launchLinnet()
  page = linnet.page
})
afterAll(async () => {
  await linnet.quit()
  removeProfile(linnet.profile)
  await proxy.close()
  await server.dispose()
})

const fingerprint = (): string =>
  new X509Certificate(readFileSync(join(server.folder, 'server.crt'))).fingerprint256

test('a certificate that does not hold is refused, with what is wrong; the fingerprint is one click away', async () => {
  await fillSetup(page, server, ROMEO)
  await pressSignIn(page)
  const note = page.getByRole('alert')
  await note.getByText('comes from an issuer that this computer does not know').waitFor()
  expect(await page.getByText(fingerprint()).isVisible()).toBe(false)
  await note.getByText('Certificate and fingerprint').click()
  await page.getByText(fingerprint()).waitFor()
  expect(await violationsOf(page)).toEqual([])
})

test('it is trusted on purpose alone: not before it was compared, and not by Enter', async () => {
  const trust = page.getByRole('button', { name: 'Trust this certificate' })
  expect(await trust.isDisabled()).toBe(true)
  await page.getByLabel('Password', { exact: true }).press('Enter')
  const note = page.getByRole('alert')
  await note.getByText('Certificate and fingerprint').click()
  await page.getByLabel('I have compared the fingerprint').check()
  await trust.click()
  await untilOnline(page)
})

test('through a proxy, from the account’s settings: the account goes that way and no other', async () => {
  await openSettings(page, 'Accounts')
  await page.getByRole('button', { name: 'Connection…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Connection of' })
  await dialog.getByText(fingerprint()).waitFor()
  await dialog.getByLabel('Proxy', { exact: true }).selectOption('SOCKS5')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('Enter the proxy’s name or address.').waitFor()
  await dialog.getByLabel('Proxy host').fill('127.0.0.1')
  await dialog.getByLabel('Proxy port').fill(String(proxy.port))
  await dialog.getByLabel('Proxy user').fill('gate')
  await dialog.getByLabel('Proxy password', { exact: true }).fill('open')
  expect(await violationsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await untilOnline(page)
  expect(proxy.asked).toEqual([`address 127.0.0.1 ${server.tlsPort}`])
})

test('a proxy that is not there is said so, and nothing goes round it', async () => {
  await proxy.close()
  await openSettings(page, 'Accounts')
  await page.getByRole('button', { name: 'Connection…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Connection of' })
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('The proxy does not lead to chat.test.').first().waitFor()
  expect(await page.getByRole('button', { name: 'Your presence: Online' }).count()).toBe(0)
})

test('a certificate that is trusted no more is asked about again, from the banner', async () => {
  await openSettings(page, 'Accounts')
  await page.getByRole('button', { name: 'Connection…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Connection of' })
  await dialog.getByLabel('Proxy', { exact: true }).selectOption('None')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await untilOnline(page)
  await openSettings(page, 'Accounts')
  await page.getByRole('button', { name: 'Connection…' }).click()
  await dialog.getByRole('button', { name: 'Trust it no more' }).click()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Certificate…' }).first().click()
  const certificate = page.getByRole('dialog', { name: 'Certificate' })
  await certificate.getByText('Certificate and fingerprint').click()
  expect(await violationsOf(page)).toEqual([])
  await certificate.getByLabel('I have compared the fingerprint').check()
  await certificate.getByRole('button', { name: 'Trust this certificate' }).click()
  await untilOnline(page)
})
