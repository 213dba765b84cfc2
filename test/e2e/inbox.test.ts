/** Messages of every type in the real application: the Inbox, the notices, what is left out, and what is written. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeProfile, type Linnet } from '../helpers/app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { chooseTheme, launchSignedIn, violationsOf } from './screens.ts'

const PASSWORD = 'But soft, what light'

let server: Prosody
let juliet: Peer
let linnet: Linnet
let page: Page

const address = (name: string): string => `${name}@${server.domain}`

beforeAll(async () => {
  server = await startProsody()
  for (const name of ['romeo', 'juliet']) server.addUser(name, PASSWORD)
  server.setRoster('romeo', [{ jid: address('juliet'), name: 'Juliet' }])
  server.setRoster('juliet', [{ jid: address('romeo') }])
  juliet = await connectPeer(server, 'juliet', PASSWORD)
  linnet = await launchSignedIn(server, { name: 'romeo', password: PASSWORD })
  page = linnet.page
  await linnet.app.evaluate(({ Notification }) => {
    const shown: unknown[] = []
    Object.assign(globalThis, { shown })
    Notification.prototype.show = function show(this: Electron.Notification) {
      shown.push([this.title, this.body])
    }
  })
})
afterAll(async () => {
  await linnet.quit()
  removeProfile(linnet.profile)
  juliet.close()
  await server.dispose()
})

const notifications = () => linnet.app.evaluate(() => (globalThis as { shown?: unknown }).shown)
const rail = (name: RegExp) => page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name })
const inbox = () => page.getByRole('listbox', { name: 'Messages in the Inbox' })
const main = () => page.getByRole('main')
const send = (attributes: string, content: string, to = address('romeo')): void =>
  juliet.send(`<message to='${to}' ${attributes}>${content}</message>`)
const withBody = (body: string) => (stanza: { getChildText(name: string): string | null }) =>
  stanza.getChildText('body') === body

test('a single message is counted, told, opened, read, and answered in its thread', async () => {
  send(
    `id='s1'`,
    '<subject>The wedding</subject><body>&lt;b>Noon&lt;/b>\nat the friar’s</body><thread>w1</thread>',
  )
  await rail(/^Inbox 1 unread message/).waitFor()
  await expect.poll(notifications).toEqual([['Juliet', expect.stringMatching(/^The wedding\n&lt;b&gt;Noon/)]])
  expect(await page.title()).toMatch(/^\(1\)/)
  await rail(/^Inbox/).click()
  await inbox()
    .getByRole('option', { name: /Juliet.*The wedding.*Unread/ })
    .waitFor()
  await inbox().focus()
  await page.keyboard.press('Enter')
  await main().getByRole('heading', { name: 'The wedding' }).waitFor()
  await main().getByText('<b>Noon</b>').waitFor()
  await rail(/^Inbox$/).waitFor()

  await main().getByRole('button', { name: 'Reply' }).click()
  const dialog = page.getByRole('dialog', { name: 'Reply' })
  expect(await dialog.getByLabel('Subject').inputValue()).toBe('Re: The wedding')
  await dialog.getByRole('button', { name: 'Quote the message' }).click()
  expect(await dialog.getByLabel('Message').inputValue()).toBe(
    'Juliet wrote:\n> <b>Noon</b>\n> at the friar’s\n\n',
  )
  await dialog.getByLabel('Message').fill('I come')
  await page.keyboard.press('Control+Enter')
  const got = await juliet.waitFor(withBody('I come'))
  expect(got.attrs).toMatchObject({ type: 'normal', to: address('juliet') })
  expect([got.getChildText('subject'), got.getChildText('thread')]).toEqual(['Re: The wedding', 'w1'])
  await inbox()
    .getByRole('option', { name: /To Juliet.*Re: The wedding/ })
    .click()
  await main().getByText('· Sent').waitFor()
})

test('a new one is written from a contact’s menu; closed by mistake, its words are kept', async () => {
  await rail(/^Contacts/).click()
  const row = page.getByRole('row', { name: /Juliet/ })
  await row.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Write a message with subject…' }).click()
  const dialog = page.getByRole('dialog', { name: 'New message' })
  expect(await dialog.getByLabel('To').inputValue()).toBe(address('juliet'))
  await dialog.getByRole('button', { name: 'Send' }).click()
  await dialog.getByText('Write a subject or a message.').waitFor()
  await dialog.getByLabel('Subject').fill('Tonight')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  await row.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Write a message with subject…' }).click()
  expect(await dialog.getByLabel('Subject').inputValue()).toBe('Tonight')
  await dialog.getByLabel('Message').fill('Under the balcony')
  await dialog.getByRole('button', { name: 'Send' }).click()
  const got = await juliet.waitFor(withBody('Under the balcony'))
  expect(got.getChildText('subject')).toBe('Tonight')
  expect(got.getChildText('thread')).toMatch(/^[0-9a-f-]{36}$/)
})

test('one that can’t be delivered says why, and goes out again at Retry', async () => {
  await rail(/^Inbox/).click()
  await page.getByRole('button', { name: 'New message' }).click()
  const dialog = page.getByRole('dialog', { name: 'New message' })
  await dialog.getByLabel('To').fill(address('nobody'))
  await dialog.getByLabel('Subject').fill('Who is there?')
  await page.keyboard.press('Control+Enter')
  await inbox()
    .getByRole('option', { name: /Who is there\?.*Not sent/ })
    .click()
  await main().getByText('service-unavailable').waitFor()
  server.addUser('nobody', PASSWORD)
  const nobody = await connectPeer(server, 'nobody', PASSWORD)
  await main().getByRole('button', { name: 'Retry' }).click()
  await nobody.waitFor((stanza) => stanza.getChildText('subject') === 'Who is there?')
  await main().getByText('· Sent').waitFor()
  nobody.close()
})

test('headlines and errors that answer nothing are notices; groupchat is nothing', async () => {
  // Servers let errors and groupchat through to a device alone (RFC 6121 §8.5.2).
  const device = String((await juliet.waitFor(withBody('I come'))).attrs.from)
  send(`type='headline'`, '<subject>Down at noon</subject><body>For an hour</body>')
  send(
    `type='error' id='never-sent'`,
    `<error type='wait'><resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>
     <text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>Too &lt;i>many&lt;/i></text></error>`,
    device,
  )
  send(`type='groupchat'`, '<body>from no room</body>', device)
  await rail(/^Notices 2 wait/).click()
  const notices = page.getByRole('listbox', { name: 'Announcements and errors' })
  await notices.getByRole('option', { name: /Juliet.*Down at noon.*Unread.*For an hour/ }).click()
  await main().getByRole('heading', { name: 'Down at noon' }).waitFor()
  expect(await main().getByRole('button', { name: 'Reply' }).count()).toBe(0)
  await notices.getByRole('option', { name: /There is no room for it now/ }).click()
  await main().getByText('Too <i>many</i>').first().waitFor()
  await main().getByText('The error as it came').click()
  await main()
    .getByText(/<message.*never-sent/)
    .waitFor()
  await rail(/^Notices$/).waitFor()
  await page.getByRole('button', { name: 'Delete all notices' }).click()
  await page.getByText('No notices').waitFor()
  await rail(/^Chats/).click()
  await page.getByText('No chats yet').waitFor()
})

test('of several languages the user’s is shown, and another can be', async () => {
  send(`type='chat'`, `<body xml:lang='de'>Gute Nacht</body><body xml:lang='en'>Good night</body>`)
  await page.getByRole('option', { name: /Good night/ }).click()
  await page.getByRole('log').getByText('Good night').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Show in German' }).click()
  await page.getByRole('log').getByText('Gute Nacht').waitFor()
})

test('no barrier that axe finds, light and dark', async () => {
  send(`id='s9'`, '<subject>Again</subject><body>and again</body>')
  send(`type='headline'`, '<subject>News</subject><body>of the day</body>')
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme)
    await rail(/^Inbox/).click()
    await inbox().getByRole('option', { name: /Again/ }).click()
    await main().getByRole('heading', { name: 'Again' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await main().getByRole('button', { name: 'Reply' }).click()
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Escape')
    await rail(/^Notices/).click()
    await page.getByRole('option', { name: /News/ }).click()
    await main().getByRole('heading', { name: 'News' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
  }
})
