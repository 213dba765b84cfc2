/** Two accounts on two domains in the real application: told apart everywhere, each by itself, and strangers to either. */
import element from '@xmpp/xml'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeProfile, type Linnet } from '../helpers/app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { connectTo, launchSignedIn, openSettings, violationsOf } from './screens.ts'

const PASSWORD = 'What’s in a name'
const WORK = 'work.chat.test'

let server: Prosody
let linnet: Linnet
let page: Page
let juliet: Peer
const peers: Peer[] = []

const chats = () => page.getByRole('listbox', { name: 'Chats' })
const dialog = () => page.getByRole('dialog')
const close = () => dialog().getByRole('button', { name: 'Close' }).click()
const write = async (words: string): Promise<void> => {
  const composer = page.getByRole('main').getByRole('textbox')
  await composer.fill(words)
  await composer.press('Enter')
}

async function arrive(name: string): Promise<Peer> {
  const peer = await connectPeer(server, name, PASSWORD, { resource: 'phone' })
  peers.push(peer)
  return peer
}

beforeAll(async () => {
  server = await startProsody({ extraHosts: `VirtualHost "${WORK}"` })
  for (const name of ['romeo', 'juliet', 'paris', 'tybalt']) server.addUser(name, PASSWORD)
  server.addUser('romeo', PASSWORD, WORK)
  const both = [{ jid: `juliet@${server.domain}`, name: 'Juliet Capulet' }]
  server.setRoster('romeo', both)
  server.setRoster('romeo', both, WORK)
  server.setRoster('juliet', [{ jid: `romeo@${server.domain}` }, { jid: `romeo@${WORK}` }])
  linnet = await launchSignedIn(server, { name: 'romeo', password: PASSWORD })
  page = linnet.page
  juliet = await arrive('juliet')
})
afterAll(async () => {
  await linnet.quit()
  removeProfile(linnet.profile)
  for (const peer of peers) peer.close()
  await server.dispose()
})

test('with one account nothing speaks of accounts', async () => {
  juliet.say(`romeo@${server.domain}`, 'at home')
  await chats()
    .getByRole('option', { name: /at home/ })
    .waitFor()
  expect(
    await chats()
      .getByText(/Account/)
      .count(),
  ).toBe(0)
  await page.keyboard.press('Control+n')
  await dialog().getByRole('heading', { name: 'Add a contact' }).waitFor()
  expect(await dialog().getByRole('combobox', { name: 'Account' }).count()).toBe(0)
  await close()
})

test('a second account is added from the settings, named, coloured and put first', async () => {
  await openSettings(page, 'Accounts')
  await page.getByRole('button', { name: 'Add account…' }).click()
  await page.getByLabel('XMPP address').fill(`romeo@${WORK}`)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await connectTo(page, '127.0.0.1', server.tlsPort, 'direct-tls')
  expect(await violationsOf(page)).toEqual([])
  await dialog().getByRole('button', { name: 'Sign in' }).click()

  const list = dialog().getByRole('list', { name: 'Accounts' })
  await list.getByRole('button', { name: `romeo@${WORK}` }).click()
  await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill('Work')
  await dialog().getByRole('textbox', { name: 'Name', exact: true }).press('Enter')
  await dialog().getByRole('radio', { name: 'Purple' }).check()
  const work = list.getByRole('button', { name: /Work/ })
  await work.waitFor()
  await work.press('Alt+ArrowUp')
  await expect.poll(() => list.getByRole('button').first().innerText()).toMatch(/Work/)
  const [first, second] = [list.getByRole('listitem').first(), list.getByRole('listitem').last()]
  await first.dragTo(second)
  await expect.poll(() => second.innerText()).toMatch(/Work/)
  await second.dragTo(first)
  await expect.poll(() => first.innerText()).toMatch(/Work/)
  expect(await violationsOf(page)).toEqual([])
  await close()
})

test('the same contact in both is two chats, each answered by its own account', async () => {
  juliet.say(`romeo@${WORK}`, 'at work')
  const work = chats().getByRole('option', { name: /at work/ })
  await work.getByText('Work', { exact: true }).waitFor()
  await work.click()
  await page.getByRole('main').getByText('Work', { exact: true }).first().waitFor()
  await write('from work')
  expect((await juliet.waitForMessage('from work')).attrs['from']).toMatch(new RegExp(`^romeo@${WORK}/`))
  await chats()
    .getByRole('option', { name: /at home/ })
    .click()
  await write('from home')
  expect((await juliet.waitForMessage('from home')).attrs['from']).toMatch(
    new RegExp(`^romeo@${server.domain}/`),
  )
  expect(await violationsOf(page)).toEqual([])
})

test('both are in the same room, each as itself', async () => {
  const room = `garden@conference.${server.domain}`
  juliet.send(`<presence to='${room}/Juliet'><x xmlns='http://jabber.org/protocol/muc'/></presence>`)
  await juliet.waitFor((stanza) => stanza.attrs['from'] === `${room}/Juliet`)
  const form = element('x', { xmlns: 'jabber:x:data', type: 'submit' })
  const query = element('query', { xmlns: 'http://jabber.org/protocol/muc#owner' }, form)
  expect((await juliet.request('set', query, room)).attrs['type']).toBe('result')
  for (const [account, nick] of [
    [`romeo@${server.domain}`, 'Home'],
    ['Work', 'Office'],
  ] as const) {
    await page.keyboard.press('Control+Shift+j')
    const picker = dialog().getByRole('combobox', { name: 'Account' })
    const options = await picker.locator('option').allInnerTexts()
    await picker.selectOption({ label: options.find((label) => label.startsWith(account)) ?? '' })
    await dialog().getByLabel('Address of the room').fill(room)
    await dialog().getByRole('button', { name: 'Continue' }).click()
    await dialog().getByLabel('Your name there').fill(nick)
    await dialog().getByRole('button', { name: 'Join', exact: true }).click()
    await dialog().waitFor({ state: 'detached' })
  }
  await page.getByRole('main').getByRole('textbox').waitFor()
  await write('hello, myself')
  const rooms = chats().getByRole('option', { name: /garden/i })
  await expect.poll(() => rooms.count()).toBe(2)
  await chats()
    .getByRole('option', { name: /Office: hello, myself/ })
    .click()
  await page.getByRole('log').getByRole('article').filter({ hasText: 'hello, myself' }).waitFor()
})

test('presence is chosen for one account alone', async () => {
  await page.getByRole('button', { name: /^Your presence/ }).click()
  await page.getByRole('menuitem', { name: 'Work: Online' }).click()
  await dialog().getByRole('combobox', { name: 'Presence' }).selectOption('dnd')
  await dialog().getByRole('button', { name: 'Save' }).click()
  await juliet.waitFor(
    (stanza) =>
      String(stanza.attrs['from']).startsWith(`romeo@${WORK}/`) && stanza.getChildText('show') === 'dnd',
  )
  const home = juliet.received.filter((one) =>
    String(one.attrs['from']).startsWith(`romeo@${server.domain}/`),
  )
  expect(home.some((stanza) => stanza.getChildText('show') === 'dnd')).toBe(false)
  await page.getByRole('button', { name: /^Your presence/ }).click()
  await page.getByRole('menuitem', { name: 'Work: Do not disturb' }).waitFor()
  await page.keyboard.press('Escape')
})

test('the chat list shows one account alone, or all', async () => {
  const all = await chats().getByRole('option').count()
  await page.getByRole('button', { name: 'Show chats of' }).click()
  await page.getByRole('menuitemradio', { name: 'Work' }).click()
  await expect.poll(() => chats().getByRole('option').count()).toBe(all / 2)
  await page.getByRole('button', { name: 'Only chats of Work' }).click()
  await page.getByRole('menuitemradio', { name: 'All accounts' }).click()
  await expect.poll(() => chats().getByRole('option').count()).toBe(all)
})

test('a stranger waits, is taken, and one is blocked with all of their server', async () => {
  const paris = await arrive('paris')
  const receipt = `<message to='romeo@${server.domain}' type='chat' id='p1'><body>we met at the feast</body><request xmlns='urn:xmpp:receipts'/></message>`
  paris.send(receipt)
  await page.getByRole('button', { name: '1 message request' }).click()
  await page.getByRole('button', { name: /paris@/ }).click()
  await page.getByRole('heading', { name: `paris@${server.domain} is not in your contacts` }).waitFor()
  await page.getByRole('log').getByText('we met at the feast').waitFor()
  expect(await page.getByRole('main').getByRole('textbox').count()).toBe(0)
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Accept', exact: true }).click()
  await page.getByRole('button', { name: /^Chats/ }).click()
  await chats()
    .getByRole('option', { name: /we met at the feast/ })
    .waitFor()
  expect(paris.received.filter((stanza) => stanza.is('message'))).toEqual([])

  // To the account at work: from there the other domain is a foreign one.
  const tybalt = await arrive('tybalt')
  tybalt.say(`romeo@${WORK}`, 'draw, if you be men')
  await page.getByRole('button', { name: '1 message request' }).click()
  await page.getByRole('button', { name: /tybalt@/ }).click()
  await page.getByRole('button', { name: 'Block…' }).click()
  await dialog().getByLabel('Whom to block').selectOption('domain')
  expect(await violationsOf(page)).toEqual([])
  await dialog().getByRole('button', { name: 'Block', exact: true }).click()
  await dialog().waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /tybalt@/ }).waitFor({ state: 'detached' })
  tybalt.say(`romeo@${WORK}`, 'coward')
  await tybalt.waitFor((stanza) => stanza.is('message') && stanza.attrs['type'] === 'error')
})

test('switched off it is read, not written to; removed it is history, then gone', async () => {
  await openSettings(page, 'Accounts')
  await dialog().getByRole('list', { name: 'Accounts' }).getByRole('button', { name: /Work/ }).click()
  await dialog().getByRole('switch', { name: 'Use this account' }).uncheck()
  await dialog()
    .getByRole('button', { name: /Work.*Switched off/ })
    .waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Chats/ }).click()
  const fromWork = chats().getByRole('option', { name: /from work/ })
  await fromWork.click()
  await page.getByText('Work is switched off: nothing is sent or received for it.').waitFor()
  expect(await page.getByRole('main').getByRole('textbox').count()).toBe(0)
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Switch it on' }).click()
  await page
    .getByRole('main')
    .getByRole('textbox', { name: /^Message / })
    .waitFor()
  await openSettings(page, 'Accounts')
  await dialog().getByRole('list', { name: 'Accounts' }).getByRole('button', { name: /Work/ }).click()
  await dialog().getByRole('button', { name: 'Remove…' }).click()
  await dialog().getByRole('checkbox', { name: 'Keep its history on this computer' }).check()
  await dialog().getByRole('button', { name: 'Remove account' }).click()
  await dialog().waitFor({ state: 'detached' })

  await page.getByRole('button', { name: /^Chats/ }).click()
  await chats()
    .getByRole('option', { name: /from work/ })
    .click()
  await page.getByText('This account was removed. Its chats can only be read.').waitFor()
  await page.getByRole('log').getByText('at work', { exact: true }).waitFor()

  await openSettings(page, 'Accounts')
  await dialog()
    .getByRole('list', { name: 'Accounts' })
    .getByRole('button', { name: /History only/ })
    .click()
  await dialog().getByRole('button', { name: 'Delete history…' }).click()
  await dialog().getByRole('button', { name: 'Delete history' }).click()
  await dialog().waitFor({ state: 'detached' })
  await expect
    .poll(() =>
      chats()
        .getByRole('option', { name: /from work/ })
        .count(),
    )
    .toBe(0)
  expect(await chats().getByText('Account').count()).toBe(0)
})
