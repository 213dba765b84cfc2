/** XEP-0461, XEP-0382, XEP-0511, forwarded and pinned messages in the real application, with another client at the other end. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newProfile, launchLinnet, removeProfile, writeProvision, type Linnet } from '../helpers/app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { untilOnline, violationsOf } from './screens.ts'

const PASSWORD = 'But soft, what light'

let server: Prosody
let juliet: Peer
let nurse: Peer
let linnet: Linnet
let page: Page

const address = (name: string): string => `${name}@${server.domain}`
const composer = () => page.getByRole('textbox', { name: 'Message Juliet' })
const log = () => page.getByRole('log')
const article = (text: string) => log().getByRole('article').filter({ hasText: text }).last()

beforeAll(async () => {
  server = await startProsody()
  await server.stop()
  for (const name of ['romeo', 'juliet', 'nurse']) server.addUser(name, PASSWORD)
  server.setRoster('romeo', [
    { jid: address('juliet'), name: 'Juliet' },
    { jid: address('nurse'), name: 'Nurse' },
  ])
  await server.start()
  juliet = await connectPeer(server, 'juliet', PASSWORD)
  nurse = await connectPeer(server, 'nurse', PASSWORD)
  const profile = newProfile()
  const file = writeProvision(profile, server, [{ name: 'romeo', password: PASSWORD }])
  linnet = await launchLinnet({ server, profile, args: ['--provision', file] })
  page = linnet.page
  await untilOnline(page)
  juliet.say(address('romeo'), 'Art thou not Romeo, and a Montague?')
  const option = page.getByRole('listbox', { name: 'Chats' }).getByRole('option', { name: /Juliet/ })
  await option.click()
  await article('Art thou not').waitFor()
})
afterAll(async () => {
  await linnet.quit()
  removeProfile(linnet.profile)
  juliet.close()
  nurse.close()
  await server.dispose()
})

/** Juliet's next message, with what goes along. */
function say(id: string, body: string, more = ''): void {
  juliet.send(
    `<message to='${address('romeo')}' type='chat' id='${id}'><body>${body}</body>${more}</message>`,
  )
}

async function choose(text: string, action: RegExp, nth = -1): Promise<void> {
  await log().getByRole('article').filter({ hasText: text }).nth(nth).click({ button: 'right' })
  await page.getByRole('menuitem', { name: action }).click()
}

test('an answer quotes for others, shows what it answers here, and leads there', async () => {
  await choose('Art thou not', /^Reply/)
  await page.getByText('Replying to Juliet').waitFor()
  await page.keyboard.type('Neither, fair maid')
  await page.keyboard.press('Enter')
  const sent = await juliet.waitForMessage('> Art thou not Romeo, and a Montague?\nNeither, fair maid')
  const reply = sent.getChild('reply', 'urn:xmpp:reply:0')
  expect(reply?.attrs).toMatchObject({ to: address('juliet') })
  expect(sent.getChild('fallback', 'urn:xmpp:fallback:0')?.getChild('body')?.attrs['end']).toBe('38')
  const own = article('Neither, fair maid')
  await own.getByRole('button', { name: /Go to the message by Juliet: Art thou not/ }).click()
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(/^.*Art thou not/)
  expect(await page.getByText('Replying to Juliet').count()).toBe(0)
})

test('her answer to that one stands beside our words; one to nothing says so', async () => {
  const ours = await juliet.waitForMessage('> Art thou not Romeo, and a Montague?\nNeither, fair maid')
  const id = String(ours.attrs['id'])
  const fallback = `<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'><body start='0' end='21'/></fallback>`
  say('a1', '&gt; Neither, fair maid\nThen who?', `<reply xmlns='urn:xmpp:reply:0' id='${id}'/>${fallback}`)
  await article('Then who?')
    .getByRole('button', { name: /by You: Neither, fair maid/ })
    .waitFor()
  say('a2', 'And this?', `<reply xmlns='urn:xmpp:reply:0' id='never-seen'/>`)
  await article('And this?').getByText('The original message is not here').waitFor()
})

test('by keyboard: a message is chosen, R answers, Escape ends it', async () => {
  await article('And this?').click({ position: { x: 4, y: 4 } })
  await article('And this?').focus()
  await page.keyboard.press('r')
  await page.getByText('Replying to Juliet').waitFor()
  await page.keyboard.press('Escape')
  expect(await page.getByText('Replying to Juliet').count()).toBe(0)
  await composer().waitFor()
})

test('a spoiler is nowhere to be read until it is asked for, and ours goes out as one', async () => {
  const hint = `<spoiler xmlns='urn:xmpp:spoiler:0'>the end</spoiler>`
  say('s1', 'They both *die*', hint)
  await article('Spoiler: the end').waitFor()
  await page.getByRole('option', { name: /Spoiler: the end/ }).waitFor()
  expect(await page.getByText('They both').count()).toBe(0)
  await article('Spoiler: the end')
    .getByRole('button', { name: /Spoiler/ })
    .press('Enter')
  await article('Spoiler: the end').getByText('They both').waitFor()
  await page
    .getByRole('button', { name: /spoiler/ })
    .last()
    .click()
  await page.getByRole('textbox', { name: 'What it is about, shown beforehand' }).fill('my secret')
  await page.keyboard.press('Enter')
  await page.keyboard.type('I love thee')
  await page.keyboard.press('Enter')
  const sent = await juliet.waitForMessage('I love thee')
  expect(sent.getChildText('spoiler', 'urn:xmpp:spoiler:0')).toBe('my secret')
})

test('forwarded to two people at once, with who wrote it', async () => {
  await choose('Art thou not', /^Forward/, 0)
  const dialog = page.getByRole('dialog', { name: 'Forward message' })
  await dialog.waitFor()
  await page.keyboard.type('nur')
  await page.keyboard.press('Enter')
  await dialog.getByRole('combobox').or(dialog.getByRole('searchbox')).first().fill('jul')
  await page.keyboard.press('Enter')
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    expect(await violationsOf(page)).toEqual([])
  }
  await dialog.getByRole('button', { name: 'Forward to 2 people' }).click()
  const words = '> Juliet:\n> Art thou not Romeo, and a Montague?'
  await nurse.waitForMessage(words)
  await juliet.waitForMessage(words)
  await dialog.waitFor({ state: 'detached' })
})

test('pinned on this computer: gone to, and unpinned', async () => {
  await choose('Then who?', /^Pin/)
  const bar = page.getByRole('region', { name: 'Pinned, on this computer only' })
  await bar.getByText('Then who?').waitFor()
  await choose('And this?', /^Pin/)
  await bar.getByRole('button', { name: /Pinned message 1 of 2/ }).click()
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(/And this/)
  for (const _one of [1, 2]) await bar.getByRole('button', { name: 'Unpin' }).click()
  await bar.waitFor({ state: 'detached' })
})

test('S15, S16: a card is the words of the sender; it says where the link leads, and fetches nothing', async () => {
  const description = `<rdf:Description xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:og='https://ogp.me/ns#'
    rdf:about='https://bank.example.evil.example/login'><og:title>&lt;b&gt;Your bank&lt;/b&gt;</og:title>
    <og:description>Sign in safely</og:description><og:site_name>bank.example</og:site_name>
    <og:image>https://tracker.example/pixel.png</og:image></rdf:Description>`
  say('l1', 'look https://bank.example.evil.example/login', description)
  const card = article('look https').getByRole('list', { name: 'About the links' })
  await card.getByText('bank.example.evil.example', { exact: true }).waitFor()
  await card.getByText('<b>Your bank</b>').waitFor()
  await card.getByText('bank.example · described by the sender').waitFor()
  expect(await page.locator('[role=log] img[src^="http"]').count()).toBe(0)
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    expect(await violationsOf(page)).toEqual([])
  }
})
