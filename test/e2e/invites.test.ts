/** Invitations between two people in the real application, with and without a server that makes them; About and the report. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { xml } from '../../src-main/protocol/xml.ts'
import { removeProfile, type Linnet } from '../helpers/app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { launchSignedIn, openSettings, violationsOf } from './screens.ts'

const PASSWORD = 'But soft, what light'

let server: Prosody
let linnet: Linnet
let page: Page
let juliet: Peer

beforeAll(async () => {
  server = await startProsody()
  for (const name of ['romeo', 'juliet']) server.addUser(name, PASSWORD)
  juliet = await connectPeer(server, 'juliet', PASSWORD)
  linnet = await launchSignedIn(server, { name: 'romeo', password: PASSWORD })
  page = linnet.page
  page.setDefaultTimeout(20_000)
})
afterAll(async () => {
  juliet.close()
  await linnet.quit()
  removeProfile(linnet.profile)
  await server.dispose()
})

test('who brings the link of an invitation is a contact without a question', async () => {
  await page.getByRole('button', { name: 'Contacts', exact: true }).click()
  await page.getByRole('button', { name: 'List options' }).click()
  await page.getByRole('menuitem', { name: 'Invite someone…' }).click()
  await page.getByRole('img', { name: /Code with the link/ }).waitFor()
  expect(await violationsOf(page)).toEqual([])
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  expect(link).toMatch(new RegExp(`^xmpp:romeo@${server.domain}\\?roster;preauth=[\\w-]{20,}$`))
  await page.getByRole('button', { name: 'Close' }).click()

  const token = decodeURIComponent(link.split('preauth=')[1] ?? '')
  juliet.send(
    xml(
      'presence',
      { type: 'subscribe', to: `romeo@${server.domain}` },
      xml('preauth', { xmlns: 'urn:xmpp:pars:0', token }),
    ),
  )
  await juliet.waitFor((stanza) => stanza.is('presence') && stanza.attrs['type'] === 'subscribed')
  await page.getByRole('row', { name: /juliet/ }).waitFor()
  expect(await page.getByRole('button', { name: 'Answer…' }).count()).toBe(0)
})

test('a pasted invitation becomes an address, and its token goes with the request', async () => {
  await page.keyboard.press('Control+n')
  const field = page.getByLabel('XMPP address')
  await field.fill(`https://pages.example/i/#nurse@${server.domain}?roster;preauth=for-romeo;name=Nurse`)
  await page.getByText('This is an invitation').waitFor()
  expect(await field.inputValue()).toBe(`nurse@${server.domain}`)
  expect(await violationsOf(page)).toEqual([])
  await field.fill(`other@${server.domain}`)
  await page
    .getByText('This is an invitation')
    .waitFor({ state: 'detached' })
    .catch(() => undefined)
  expect(await page.getByText('This is an invitation').count()).toBe(0)
  await page.keyboard.press('Escape')
})

test('About names every package, and the report has no address until it is wished for', async () => {
  await openSettings(page, 'Advanced')
  await page.getByText('This is a development build: it never asks.').waitFor()
  await page.getByRole('button', { name: 'About Linnet…' }).click()
  const packages = page.getByRole('listbox', { name: 'What Linnet is made of' })
  await packages.getByRole('option').first().waitFor()
  for (const name of ['svelte', 'better-sqlite3', '@xmpp/xml', 'valibot']) {
    const licence = page.getByRole('region', { name: `Licence of ${name}`, exact: true })
    // What is typed soon after a name still belongs to it: then it is found the next time.
    const look = async (): Promise<number> => {
      await packages.press('Home')
      await packages.pressSequentially(name)
      await packages.press('Enter')
      return licence.count()
    }
    await expect.poll(look, { timeout: 20_000, interval: 1000 }).toBe(1)
  }
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Close' }).click()
  await openSettings(page, 'Advanced')
  await page.getByRole('button', { name: 'Diagnostics report…' }).click()
  const report = page.getByRole('textbox', { name: 'The report' })
  await expect.poll(() => report.inputValue()).toContain('account 1: (address)')
  expect(await report.inputValue()).not.toContain('romeo@')
  expect(await report.inputValue()).not.toContain(PASSWORD)
  await page.getByRole('checkbox', { name: 'With the addresses of my accounts' }).click()
  await expect.poll(() => report.inputValue()).toContain(`account 1: romeo@${server.domain}`)
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await page.getByText('Copied.').waitFor()
  await page.keyboard.press('Escape')
})
