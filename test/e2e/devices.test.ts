/** Conversations pinned, muted and put away, notes to self, and what another device has read, in the real application. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeProfile, type Linnet } from '../helpers/app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { chooseTheme, launchSignedIn, violationsOf } from './screens.ts'

const PASSWORD = 'It is the east'

let server: Prosody
let juliet: Peer
let nurse: Peer
let phone: Peer
let linnet: Linnet
let page: Page

/** More than are told one by one. */
const CROWD = ['abram', 'balthasar', 'gregory', 'peter', 'sampson', 'tybalt']

const address = (name: string): string => `${name}@${server.domain}`

beforeAll(async () => {
  server = await startProsody()
  for (const name of ['romeo', 'juliet', 'nurse', ...CROWD]) {
    server.addUser(name, PASSWORD)
    if (name !== 'romeo') server.setRoster(name, [{ jid: address('romeo') }])
  }
  server.setRoster('romeo', [
    { jid: address('juliet'), name: 'Juliet' },
    { jid: address('nurse'), name: 'Nurse' },
    ...CROWD.map((name) => ({ jid: address(name) })),
  ])
  juliet = await connectPeer(server, 'juliet', PASSWORD)
  nurse = await connectPeer(server, 'nurse', PASSWORD)
  phone = await connectPeer(server, 'romeo', PASSWORD, { resource: 'phone' })
  linnet = await launchSignedIn(server, { name: 'romeo', password: PASSWORD })
  page = linnet.page
  await linnet.app.evaluate(({ Notification }) => {
    const shown: string[] = []
    const click = { last: () => false }
    Object.assign(globalThis, { shown, click })
    Notification.prototype.show = function show(this: Electron.Notification) {
      shown.push(`${this.title}: ${this.body}`)
      click.last = () => this.emit('click')
    }
    Notification.prototype.close = function close(this: Electron.Notification) {
      shown.splice(shown.indexOf(`${this.title}: ${this.body}`), 1)
    }
  })
})
afterAll(async () => {
  await linnet.quit()
  removeProfile(linnet.profile)
  for (const peer of [juliet, nurse, phone]) peer.close()
  await server.dispose()
})

/** The notifications that are on screen. */
const notifications = () => linnet.app.evaluate(() => (globalThis as { shown?: unknown }).shown)
const list = (name = 'Chats') => page.getByRole('listbox', { name })
const names = async (): Promise<readonly string[]> => {
  const rows = await list().getByRole('option').allInnerTexts()
  return rows.map((row) => ['Juliet', 'Nurse', 'Notes to self'].find((name) => row.includes(name)) ?? row)
}
const row = (name: RegExp) => page.getByRole('option', { name })
const rail = (name: RegExp) => page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name })

const chooseInMenu = async (name: RegExp, entry: string): Promise<void> => {
  await row(name).click({ button: 'right' })
  await page.getByRole('menuitem', { name: entry }).click()
}

test('a pinned conversation stands on top, whatever is said elsewhere', async () => {
  nurse.say(address('romeo'), 'Madam!')
  await row(/Nurse/).waitFor()
  juliet.say(address('romeo'), 'Anon, good nurse!')
  await expect.poll(names).toEqual(['Juliet', 'Nurse'])
  await chooseInMenu(/Nurse/, 'Pin to top')
  await expect.poll(names).toEqual(['Nurse', 'Juliet'])
  await row(/Nurse.*Pinned/).waitFor()
  juliet.say(address('romeo'), 'By and by I come')
  await row(/Juliet.*By and by/).waitFor()
  expect(await names()).toEqual(['Nurse', 'Juliet'])
})

test('a muted one neither notifies nor counts, and shows that it is', async () => {
  await rail(/^Chats 3 unread/).waitFor()
  await chooseInMenu(/Juliet/, 'Mute for 8 hours')
  await row(/Juliet.*Muted/).waitFor()
  await rail(/^Chats 1 unread/).waitFor()
  juliet.say(address('romeo'), 'quietly')
  nurse.say(address('romeo'), 'aloud')
  await row(/Nurse.*aloud/).waitFor()
  await expect.poll(notifications).toContainEqual(expect.stringContaining('aloud'))
  expect(await notifications()).not.toContainEqual(expect.stringContaining('quietly'))
  expect(await violationsOf(page)).toEqual([])
  await chooseTheme(page, 'dark')
  expect(await violationsOf(page)).toEqual([])
})

test('one that is put away is out of the list, found again, and comes back with something new', async () => {
  // Muted, it waits for the user.
  await chooseInMenu(/Juliet/, 'Put away')
  await expect.poll(names).toEqual(['Nurse'])
  juliet.say(address('romeo'), 'still quietly')
  await page.getByRole('button', { name: 'Put away (1)' }).click()
  await list('Put away').focus()
  await row(/Juliet.*still quietly.*Muted/).waitFor()
  expect(await violationsOf(page)).toEqual([])
  await chooseInMenu(/Juliet/, 'Unmute')
  await page.getByRole('button', { name: 'Back to chats' }).first().click()
  expect(await names()).toEqual(['Nurse'])
  juliet.say(address('romeo'), 'here I am')
  await expect.poll(names).toEqual(['Nurse', 'Juliet'])
})

test('notes to self are written once, on all devices, from the menu or by name', async () => {
  await page.getByRole('button', { name: /^Your presence/ }).click()
  await page.getByRole('menuitem', { name: 'Notes to self' }).click()
  await page.getByRole('heading', { name: 'Notes to self' }).waitFor()
  await page.getByRole('textbox', { name: 'Write a note' }).fill('a rope ladder')
  await page.keyboard.press('Enter')
  await phone.waitForMessage('a rope ladder')
  phone.say(address('romeo'), 'and a lantern')
  const log = page.getByRole('log')
  await log.getByText('and a lantern').waitFor()
  expect(await log.getByText('a rope ladder').count()).toBe(1)
  expect(await log.getByText('and a lantern').count()).toBe(1)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').or(page.getByRole('searchbox')).first().fill('notes')
  await page
    .getByRole('dialog')
    .getByRole('option', { name: /Notes to self/ })
    .waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
})

test('what is read on another device is read here, and its notification goes', async () => {
  const body = 'read me on the phone'
  nurse.say(address('romeo'), body)
  const got = await phone.waitForMessage(body)
  await expect.poll(notifications).toContainEqual(expect.stringContaining(body))
  const id = String(got.getChild('stanza-id', 'urn:xmpp:sid:0')?.attrs['id'])
  const MDS = 'urn:xmpp:mds:displayed:0'
  phone.send(`<iq type='set' id='mds'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='${MDS}'>
    <item id='${address('nurse')}'><displayed xmlns='${MDS}'>
      <stanza-id xmlns='urn:xmpp:sid:0' by='${address('romeo')}' id='${id}'/></displayed></item></publish></pubsub></iq>`)
  await expect.poll(notifications).not.toContainEqual(expect.stringContaining(body))
  await expect.poll(async () => (await row(/Nurse/).innerText()).includes('unread')).toBe(false)
})

test('what many said meanwhile is told together, without the muted, and a click shows the list', async () => {
  const setPresence = (show: 'online' | 'offline') =>
    page.evaluate((show) => window.bridge.invoke('presence.set', { show, status: '' }), show)
  await chooseInMenu(/Juliet/, 'Mute for 1 hour')
  await setPresence('offline')
  await page.getByRole('button', { name: /^Your presence: Offline/ }).waitFor()
  juliet.say(address('romeo'), 'Ay me!')
  for (const name of CROWD) {
    const peer = await connectPeer(server, name, PASSWORD)
    for (const body of ['Draw!', `said ${name}`]) peer.say(address('romeo'), body)
    await phone.waitForMessage(`said ${name}`)
    peer.close()
  }
  await rail(/Contacts/).click()
  await setPresence('online')
  const told = `12 new messages in 6 conversations: ${address('tybalt')}, ${address('sampson')}, ${address('peter')} and 3 more`
  await expect.poll(notifications, { timeout: 20_000 }).toContainEqual(told)
  expect(await notifications()).not.toContainEqual(expect.stringContaining('Ay me!'))
  await linnet.app.evaluate(() => (globalThis as unknown as { click: { last(): void } }).click.last())
  await row(/tybalt.*said tybalt.*unread/).waitFor()
  for (const name of CROWD) await row(new RegExp(`said ${name}`)).click()
  await expect.poll(notifications).not.toContainEqual(told)
})
