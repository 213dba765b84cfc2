/** Conversations in the real application: both ways, over cut cables and restarts, in the list, the switcher and own windows. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchLinnet, newProfile, removeProfile, writeProvision, type Linnet } from '../helpers/app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { startTcpProxy, type TcpProxy } from '../helpers/tcp-proxy.ts'
import { chooseTheme, untilOnline, violationsOf } from './screens.ts'

const PASSWORD = 'But soft, what light'

let server: Prosody
let cable: TcpProxy
let juliet: Peer
let linnet: Linnet
let page: Page

const address = (name: string): string => `${name}@${server.domain}`

beforeAll(async () => {
  server = await startProsody()
})
afterAll(() => server.dispose())
beforeEach(async () => {
  await server.stop()
  server.forgetArchives()
  for (const name of ['romeo', 'juliet', 'nurse']) server.addUser(name, PASSWORD)
  const people = [
    { jid: address('juliet'), name: 'Juliet' },
    { jid: address('nurse'), name: 'Nurse' },
  ]
  server.setRoster('romeo', people)
  server.setRoster('juliet', [{ jid: address('romeo') }])
  await server.start()
  cable = await startTcpProxy(server.tlsPort)
  juliet = await connectPeer(server, 'juliet', PASSWORD)
  const profile = newProfile()
  const file = writeProvision(profile, { ...server, tlsPort: cable.port }, [
    { name: 'romeo', password: PASSWORD },
  ])
  await start(profile, ['--provision', file])
  await untilOnline(page)
})
afterEach(async () => {
  await linnet.quit()
  removeProfile(linnet.profile)
  juliet.close()
  await cable.close()
})

async function start(profile: string, args: readonly string[] = []): Promise<void> {
  linnet = await launchLinnet({ server, profile, args })
  page = linnet.page
}

async function restart(): Promise<void> {
  await linnet.quit()
  await start(linnet.profile)
}

/** Opens the chat with Juliet through the switcher. */
async function openJuliet(): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type('jul')
  await page
    .getByRole('option', { name: /Juliet/ })
    .first()
    .waitFor()
  await page.keyboard.press('Enter')
  await composer().waitFor()
}

const composer = () => page.getByRole('textbox', { name: 'Message Juliet' })
const log = () => page.getByRole('log')
const option = (name: string | RegExp) =>
  page.getByRole('listbox', { name: 'Chats' }).getByRole('option', { name })

async function write(text: string): Promise<void> {
  await composer().fill(text)
  await page.keyboard.press('Enter')
}

test('both ways, at once, as text', async () => {
  await openJuliet()
  await write('<b>Lady</b>, by yonder moon I swear 🌙')
  await juliet.waitForMessage('<b>Lady</b>, by yonder moon I swear 🌙')
  await log().getByText('<b>Lady</b>, by yonder moon I swear 🌙').waitFor()
  await log().getByRole('img', { name: 'Sent' }).waitFor()
  juliet.say(address('romeo'), 'O, swear not by the moon\n今晚八点')
  await log().getByText('O, swear not by the moon').waitFor()
  await option(/O, swear not by the moon 今晚八点/).waitFor()
  await page.keyboard.type('Two')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('lines')
  await page.keyboard.press('Enter')
  await juliet.waitForMessage('Two\nlines')
})

test('typed without a connection, they go out after it, once, in their order', async () => {
  await openJuliet()
  cable.unplug()
  cable.cut()
  await page.getByRole('button', { name: 'Your presence: Offline' }).waitFor()
  const lines = ['one', 'two', 'three', 'four']
  for (const line of lines) await write(line)
  await log().getByRole('img', { name: 'Waiting to be sent' }).nth(3).waitFor()
  await page.getByText('Messages go out when you are back.').waitFor()
  cable.plug()
  await untilOnline(page)
  await juliet.waitForMessage('four')
  await log().getByRole('img', { name: 'Sent' }).nth(3).waitFor()
  expect(juliet.bodies()).toEqual(lines)
})

test('an error marks the message that it answers, with why and Retry', async () => {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(address('nobody'))
  await page.getByRole('option', { name: `Start a chat with ${address('nobody')}` }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Message nobody' }).fill('Who is there?')
  await page.keyboard.press('Enter')
  await log().getByRole('button', { name: 'Not sent · Retry' }).waitFor()
  await option(/Not sent: Who is there\?/).waitFor()
  await page.getByText(`${address('nobody')} is not in your contacts.`).waitFor()
})

describe('over a restart', () => {
  test('a draft stays, in the list and in the field', async () => {
    await openJuliet()
    await composer().fill('Parting is such sweet')
    await page.keyboard.press('Escape')
    await option(/Draft: Parting is such sweet/).waitFor()
    await restart()
    await option(/Draft: Parting is such sweet/).click()
    expect(await composer().inputValue()).toBe('Parting is such sweet')
  })

  test('history is there before the network is', async () => {
    await openJuliet()
    await write('first')
    juliet.say(address('romeo'), 'second')
    await log().getByText('second').waitFor()
    cable.unplug()
    await restart()
    await option(/Juliet/).click()
    await log().getByText('second').waitFor()
    await log().getByText('first').waitFor()
    expect(await page.getByRole('button', { name: 'Your presence: Offline' }).count()).toBe(1)
    // Why it is not online is said, with when it will be tried again; once in vain, for the cable is still out.
    await page.locator('.banner').getByText(`The connection to ${server.domain} failed.`).waitFor()
    await page.getByRole('button', { name: 'Try now' }).click()
    await page.getByText(/^(Again in \d+ seconds?|Trying again…)$/).waitFor()
    cable.plug()
    await untilOnline(page)
  })
})

test('what came meanwhile is counted, lined off, and read when seen', async () => {
  juliet.say(address('romeo'), 'Romeo!')
  juliet.say(address('romeo'), 'My dear?')
  await option(/Juliet.*2 unread messages/).waitFor()
  await page.getByRole('button', { name: /^Chats.*2 unread messages/ }).waitFor()
  await option(/Juliet/).click()
  await log().getByRole('separator', { name: 'New' }).waitFor()
  await option(/^(?!.*unread).*Juliet/).waitFor()
})

test('keys: from chat to chat, out of it, and between the parts of the window', async () => {
  await openJuliet()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('nurse')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Message Nurse' }).waitFor()
  await page.keyboard.press('Alt+ArrowDown')
  await composer().waitFor()
  await page.keyboard.press('Control+1')
  await page.getByRole('textbox', { name: 'Message Nurse' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('Choose a conversation').waitFor()
  const list = page.getByRole('listbox', { name: 'Chats' })
  expect(await list.evaluate((element) => element === document.activeElement)).toBe(true)
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await composer().waitFor()
  await page.keyboard.press('F6')
  expect(await page.getByRole('navigation').evaluate((nav) => nav.contains(document.activeElement))).toBe(
    true,
  )
})

test('a conversation in a window of its own', async () => {
  await openJuliet()
  const opened = linnet.nextWindow()
  await page.getByRole('button', { name: 'Open in its own window' }).click()
  const own = await opened
  await own.getByRole('textbox', { name: 'Message Juliet' }).fill('From my own window')
  await own.keyboard.press('Enter')
  await juliet.waitForMessage('From my own window')
  await log().getByText('From my own window').waitFor()
  juliet.say(address('romeo'), 'to both')
  await own.getByRole('log').getByText('to both').waitFor()
  await log().getByText('to both').waitFor()
  expect(await own.title()).toBe('Juliet')
  expect(await violationsOf(own)).toEqual([])
})

test('links go to the browser only when pressed, and only those of the list', async () => {
  await linnet.app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = (url) => Promise.resolve(void opened.push(url))
  })
  await openJuliet()
  juliet.say(address('romeo'), 'https://verona.example/a javascript:alert(1) file:///etc/passwd')
  await log().getByRole('link', { name: 'https://verona.example/a' }).click()
  await expect
    .poll(() => linnet.app.evaluate(() => (globalThis as { opened?: string[] }).opened))
    .toEqual(['https://verona.example/a'])
  expect(await log().getByRole('link').count()).toBe(1)
})

test('no barrier that axe finds in chats, light and dark, and none at 800 × 600', async () => {
  await openJuliet()
  await write('https://verona.example and words')
  juliet.say(address('romeo'), 'and an answer')
  await log().getByText('and an answer').waitFor()
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme)
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Control+k')
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Escape')
  }
  await linnet.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(800, 600))
  await expect.poll(() => page.evaluate(() => innerWidth)).toBeLessThanOrEqual(800)
  await composer().waitFor()
  expect(await violationsOf(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
})
