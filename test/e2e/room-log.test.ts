/** What happens in rooms beside what is said, in the real application: people who come and go, are removed, have read. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchLinnet, newProfile, removeProfile, writeProvision, type Linnet } from '../helpers/app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { untilOnline, violationsOf } from './screens.ts'

const PASSWORD = 'But soft, what light'
const MUC = 'http://jabber.org/protocol/muc'

let server: Prosody
let juliet: Peer
let nurse: Peer
let linnet: Linnet
let page: Page

const room = (): string => `garden@conference.${server.domain}`
const dialog = () => page.getByRole('dialog')
const log = () => page.getByRole('log')
const article = (text: string) => log().getByRole('article').filter({ hasText: text }).last()

beforeAll(async () => {
  server = await startProsody()
  await server.stop()
  for (const name of ['romeo', 'juliet', 'nurse']) server.addUser(name, PASSWORD)
  await server.start()
  juliet = await connectPeer(server, 'juliet', PASSWORD)
  nurse = await connectPeer(server, 'nurse', PASSWORD)
  await makeRoom()
  const profile = newProfile()
  const file = writeProvision(profile, server, [{ name: 'romeo', password: PASSWORD }])
  linnet = await launchLinnet({ server, profile, args: ['--provision', file] })
  page = linnet.page
  await untilOnline(page)
  await linnet.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1300, 800)
  })
  await page.keyboard.press('Control+Shift+J')
  await dialog().getByLabel('Address of the room').fill(room())
  await page.keyboard.press('Enter')
  await dialog().getByLabel('Your name there').fill('Romeo')
  await page.keyboard.press('Enter')
  await page.locator('main header').getByRole('button', { name: '2 people' }).waitFor()
})
afterAll(async () => {
  await linnet.quit()
  removeProfile(linnet.profile)
  juliet.close()
  nurse.close()
  await server.dispose()
})

/** Members alone, who see each other's addresses; everybody is one. */
async function makeRoom(): Promise<void> {
  enter(juliet, 'Juliet')
  await juliet.waitFor((one) => one.is('presence') && one.attrs.from === `${room()}/Juliet`)
  const field = (name: string, value: string): string =>
    `<field var='${name}'><value>${value}</value></field>`
  juliet.send(
    `<iq type='set' to='${room()}' id='set'><query xmlns='${MUC}#owner'><x xmlns='jabber:x:data' type='submit'>
      ${field('FORM_TYPE', `${MUC}#roomconfig`)}${field('muc#roomconfig_roomname', 'The Garden')}
      ${field('muc#roomconfig_membersonly', '1')}${field('muc#roomconfig_whois', 'anyone')}
      </x></query></iq>`,
  )
  await juliet.waitFor((one) => one.is('iq') && one.attrs.id === 'set')
  for (const name of ['romeo', 'nurse']) {
    command(`<item jid='${name}@${server.domain}' affiliation='member'/>`)
  }
  say(juliet, 'What’s in a name?')
}

function enter(peer: Peer, nick: string): void {
  peer.send(`<presence to='${room()}/${nick}'><x xmlns='${MUC}'/></presence>`)
}

function leave(peer: Peer, nick: string): void {
  peer.send(`<presence to='${room()}/${nick}' type='unavailable'/>`)
}

function say(peer: Peer, body: string, more = ''): void {
  const id = `said-${Math.random()}`
  peer.send(`<message to='${room()}' type='groupchat' id='${id}'><body>${body}</body>${more}</message>`)
}

/** By the room's owner. */
function command(item: string): void {
  juliet.send(
    `<iq type='set' to='${room()}' id='c-${Math.random()}'><query xmlns='${MUC}#admin'>${item}</query></iq>`,
  )
}

test('who comes and goes is told in one line, which unfolds by keyboard', async () => {
  enter(nurse, 'Nurse')
  await log().getByText('Nurse joined').waitFor()
  nurse.send(`<presence to='${room()}/Angelica'/>`)
  const line = log().getByRole('button', { name: /Nurse joined; Nurse is now called Angelica/ })
  await line.waitFor()
  expect(await line.getAttribute('aria-expanded')).toBe('false')
  await line.focus()
  await page.keyboard.press('Enter')
  await log().getByText('Nurse is now called Angelica', { exact: true }).waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Enter')
  say(nurse, 'Madam!')
  await article('Madam!').waitFor()
  leave(nurse, 'Angelica')
  await log().getByText('Angelica left', { exact: true }).waitFor()
})

test('who is removed is told with who did it and why, also where nobody wants to hear who comes', async () => {
  await page.evaluate(() => window.bridge.invoke('settings.set', { roomComings: 'never' }))
  await expect.poll(() => log().getByText('Angelica left').count()).toBe(0)
  enter(nurse, 'Nurse')
  await page.locator('main header').getByRole('button', { name: '3 people' }).waitFor()
  command(`<item nick='Nurse' role='none'><reason>It is late</reason></item>`)
  await log().getByText('Juliet removed Nurse from the room: It is late').waitFor()
  expect(await log().getByText('Nurse joined', { exact: true }).count()).toBe(0)
})

/** The ids that the room gave to what a peer heard. */
async function stanzaIdOf(peer: Peer, body: string): Promise<string> {
  const heard = await peer.waitForMessage(body)
  return /stanza-id [^>]*?\bid=["']([^"']+)/.exec(heard.toString())?.[1] ?? ''
}

test('who has read is shown under the last they read, and the room learns how far we have', async () => {
  enter(nurse, 'Nurse')
  say(nurse, 'Have you got leave to go to shrift today?')
  await article('to shrift today').waitFor()
  const wanted = await stanzaIdOf(juliet, 'Have you got leave to go to shrift today?')
  expect(wanted).not.toBe('')
  const marker = await juliet.waitFor(
    (one) => one.attrs.from === `${room()}/Romeo` && one.toString().includes(`id="${wanted}"`),
  )
  expect([marker.attrs.type, marker.toString().includes('<displayed')]).toEqual(['groupchat', true])
  juliet.send(
    `<message to='${room()}' type='groupchat' id='read1'><displayed xmlns='urn:xmpp:chat-markers:0' id='${wanted}'/></message>`,
  )
  await log().getByRole('button', { name: 'Read by Juliet' }).click()
  await dialog().getByText('Juliet', { exact: true }).waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
})

test('what somebody ignored says comes back when they are heard again', async () => {
  const people = page.getByRole('listbox', { name: 'People', exact: true })
  const choose = async (name: RegExp, entry: string): Promise<void> => {
    await people.getByRole('option', { name }).click()
    await page.getByRole('menuitem', { name: entry, exact: true }).click()
  }
  await choose(/^Nurse/, 'Ignore')
  await people.getByRole('option', { name: /Ignored by you/ }).waitFor()
  say(nurse, 'Then hie you hence')
  await juliet.waitForMessage('Then hie you hence')
  say(juliet, 'Hie to high fortune')
  await article('Hie to high fortune').waitFor()
  expect(await log().getByText('Then hie you hence').count()).toBe(0)
  await choose(/^Nurse/, 'Stop ignoring')
  await article('Then hie you hence').waitFor()
  const words = await log().getByRole('article').allInnerTexts()
  const at = (text: string): number => words.findIndex((each) => each.includes(text))
  expect(at('Then hie you hence')).toBeLessThan(at('Hie to high fortune'))
})
