/** Invitations to an account in the real application on a real server: taken up, used up, kept for later, and made. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchLinnet, removeProfile, startAgain, type LaunchOptions, type Linnet } from '../helpers/app.ts'
import { connectDesktop, type Desktop } from '../helpers/desktop.ts'
import { startLiveApp, type LiveApp } from '../helpers/live-app.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { untilOnline, violationsOf } from './screens.ts'

let server: Prosody
let linnet: Linnet
let page: Page
let romeo: LiveApp
let desktop: Desktop

beforeAll(async () => {
  server = await startProsody({
    extraModules: ['invites', 'invites_adhoc', 'invites_register', 'user_account_management'],
    extraConfig: 'allow_user_invites = true\nadmins = { "rosaline@chat.test" }\n',
  })
  server.addUser('romeo', 'x')
  romeo = await startLiveApp(server, 'romeo', 'x')
  desktop = connectDesktop()
  linnet = await launchLinnet({ server })
  page = linnet.page
  page.setDefaultTimeout(20_000)
})
afterAll(async () => {
  await romeo.close()
  desktop.close()
  await linnet.quit()
  removeProfile(linnet.profile)
  await server.dispose()
})

const creating = () => page.getByRole('dialog', { name: 'Create an account' })

const invited = () => page.getByRole('dialog', { name: 'You are invited' })
const notInvited = async (): Promise<void> => {
  await page.keyboard.press('Escape')
  await invited().waitFor({ state: 'detached' })
  await expect.poll(() => readFileSync(join(linnet.profile, 'invitation.json'), 'utf8')).toContain('null')
}

async function paste(link: string): Promise<void> {
  await page.getByRole('button', { name: 'I have an invitation' }).click()
  await page.getByLabel('The link of the invitation').fill(link)
  await page.getByRole('button', { name: 'Continue' }).click()
}

async function restart(options: LaunchOptions = {}): Promise<void> {
  await linnet.quit()
  linnet = await launchLinnet({ server, profile: linnet.profile, ...options })
  page = linnet.page
  page.setDefaultTimeout(20_000)
}

async function reachServer(): Promise<void> {
  await creating().getByText('Advanced').click()
  await creating().getByLabel('Host').fill('127.0.0.1')
  await creating().getByLabel('Port').fill(String(server.tlsPort))
  await creating().getByLabel('Security').selectOption('direct-tls')
  await creating().getByRole('button', { name: 'Continue' }).click()
}

test('what is no invitation is said to be none', async () => {
  await paste('https://chat.test/invite?k3dF')
  await page.getByText('This is no invitation that Linnet can read.').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
})

test('an invitation that the server does not know is refused before anything is filled in', async () => {
  await paste(`xmpp:romeo@${server.domain}?roster;preauth=made-up;ibr=y`)
  await page.getByRole('button', { name: `Create an account on ${server.domain}` }).click()
  await reachServer()
  await creating().getByText(`${server.domain} does not take this invitation`).waitFor()
  await creating().getByRole('button', { name: 'Cancel' }).click()
  await page.getByText(`Linnet asks whether romeo@${server.domain} is to be your contact.`).waitFor()
})

test('one that is not taken yet waits over a restart, until it is waved away', async () => {
  const link = `xmpp:romeo@${server.domain}?roster;preauth=for-later;ibr=y`
  await paste(link)
  await invited().getByText('Linnet keeps it for you, in the system keyring').waitFor()
  await invited().getByRole('button', { name: 'I have an account' }).click()
  await page.getByText(`Linnet asks whether romeo@${server.domain} is to be your contact.`).waitFor()
  await restart()
  await invited().getByText(`romeo@${server.domain} invites you to talk.`).waitFor()
  expect(readFileSync(join(linnet.profile, 'invitation.json'), 'utf8')).not.toContain('for-later')
  await notInvited()
  await restart()
  await page.getByRole('button', { name: 'I have an invitation' }).waitFor()
  expect(await invited().count()).toBe(0)
})

test('one that starts Linnet is shown; at a start without a window it waits for the window', async () => {
  const link = `xmpp:romeo@${server.domain}?roster;preauth=that-starts;ibr=y`
  await restart({ args: [link] })
  await invited().getByText(`romeo@${server.domain} invites you to talk.`).waitFor()
  await restart({ args: ['--hidden'], bring: bringFromTray })
  await invited().getByText(`romeo@${server.domain} invites you to talk.`).waitFor()
  await notInvited()
})

test('one that comes while no window is there brings it', async () => {
  const link = `xmpp:romeo@${server.domain}?roster;preauth=comes-later;ibr=y`
  const { profile } = linnet
  const bring = async (app: ElectronApplication): Promise<void> => {
    await untilHidden(app)
    expect(await startAgain(profile, link)).toBe(0)
  }
  await restart({ args: ['--hidden'], bring })
  await invited().getByText(`romeo@${server.domain} invites you to talk.`).waitFor()
  await notInvited()
})

async function untilHidden(app: ElectronApplication): Promise<void> {
  await expect.poll(() => desktop.hasTray(app.process().pid ?? 0), { timeout: 20_000 }).toBe(true)
  expect(app.windows()).toEqual([])
}

async function bringFromTray(app: ElectronApplication): Promise<void> {
  await untilHidden(app)
  await desktop.activateTray(app.process().pid ?? 0)
}

test('taken up: an account on the server of who invites, who is a contact from the start', async () => {
  const { uri } = await romeo.app.createInvite(romeo.accountId)
  await paste(`https://pages.example/i/#${uri.slice('xmpp:'.length)}`)
  await invited().getByText(`romeo@${server.domain} invites you to talk.`).waitFor()
  expect(await violationsOf(page)).toEqual([])
  await invited()
    .getByRole('button', { name: `Create an account on ${server.domain}` })
    .click()
  expect(await creating().getByLabel('Server').inputValue()).toBe(server.domain)
  expect(await creating().getByLabel('Server').isDisabled()).toBe(true)
  await reachServer()
  await creating().getByLabel('Username (needed)').fill('rosaline')
  await creating().getByLabel('Password (needed)').fill('But soft')
  await creating().getByRole('button', { name: 'Create account' }).click()
  // A name and a picture may wait.
  await page.getByRole('button', { name: 'Skip' }).click()
  await untilOnline(page)
  // Nothing is asked any more: the server has made the two contacts.
  expect(await page.getByRole('dialog').count()).toBe(0)
  await page.getByRole('button', { name: 'Contacts', exact: true }).click()
  await page.getByRole('row', { name: /romeo/ }).waitFor()
})

test('an administrator makes invitations of both kinds', async () => {
  await page.getByRole('button', { name: 'List options' }).click()
  await page.getByRole('menuitem', { name: 'Invite someone…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite someone' })
  const link = dialog.getByRole('textbox', { name: 'Link' })
  await dialog.getByText('or a new one that your server gives them').waitFor()
  expect(await link.inputValue()).toMatch(/^xmpp:rosaline@chat\.test\?roster;preauth=[\w-]+;ibr=y$/)
  await dialog.getByLabel('Invite to').selectOption(`have an account on ${server.domain}`)
  await dialog.getByText(`can make an account on ${server.domain}, once`).waitFor()
  await expect.poll(() => link.inputValue()).toMatch(/^xmpp:chat\.test\?register;preauth=[\w-]+$/)
  await dialog.getByRole('img', { name: /Code with the link/ }).waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
})
