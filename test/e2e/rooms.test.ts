/** Rooms (XEP-0045) in the real application: found, joined, spoken in, left and lost, with other clients in the same room. */
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

const roomAt = (name: string): string => `${name}@conference.${server.domain}`
const dialog = () => page.getByRole('dialog')
const header = () => page.locator('main header')
const log = () => page.getByRole('log')
const article = (text: string) => log().getByRole('article').filter({ hasText: text }).last()
const composer = () => page.getByRole('textbox', { name: 'Message The Garden' })
const row = (name: RegExp) => page.getByRole('listbox', { name: 'Chats' }).getByRole('option', { name })
/** The room itself, not who is written to through it. */
const garden = () => page.getByRole('option').filter({ hasText: 'The Garden', hasNotText: '·' })
const people = () => page.getByRole('region', { name: 'People in The Garden' })

beforeAll(async () => {
  server = await startProsody()
  await server.stop()
  for (const name of ['romeo', 'juliet', 'nurse']) server.addUser(name, PASSWORD)
  server.setRoster('romeo', [{ jid: `juliet@${server.domain}`, name: 'Juliet Capulet' }])
  await server.start()
  juliet = await connectPeer(server, 'juliet', PASSWORD)
  nurse = await connectPeer(server, 'nurse', PASSWORD)
  await make(juliet, 'garden', 'Juliet', { name: 'The Garden', public: '1' })
  enter(nurse, 'garden', 'Nurse')
  say(juliet, 'garden', 'What’s in a name?')
  const profile = newProfile()
  const file = writeProvision(profile, server, [{ name: 'romeo', password: PASSWORD }])
  linnet = await launchLinnet({ server, profile, args: ['--provision', file] })
  page = linnet.page
  await untilOnline(page)
  await linnet.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1300, 800)
  })
})
afterAll(async () => {
  await linnet.quit()
  removeProfile(linnet.profile)
  juliet.close()
  nurse.close()
  await server.dispose()
})

function enter(peer: Peer, room: string, nick: string): void {
  peer.send(`<presence to='${roomAt(room)}/${nick}'><x xmlns='${MUC}'/></presence>`)
}

function say(peer: Peer, room: string, body: string, more = ''): void {
  const id = `said-${Math.random()}`
  const to = roomAt(room)
  peer.send(`<message to='${to}' type='groupchat' id='${id}'><body>${body}</body>${more}</message>`)
}

/** Makes a room and sets it up; resolves once it is open to others. */
async function make(
  owner: Peer,
  room: string,
  nick: string,
  config: Readonly<Record<'name' | 'public', string>>,
): Promise<void> {
  enter(owner, room, nick)
  await owner.waitFor((one) => one.is('presence') && one.attrs.from === `${roomAt(room)}/${nick}`)
  const field = (name: string, value: string): string =>
    `<field var='${name}'><value>${value}</value></field>`
  owner.send(
    `<iq type='set' to='${roomAt(room)}' id='set-${room}'><query xmlns='${MUC}#owner'>
      <x xmlns='jabber:x:data' type='submit'>${field('FORM_TYPE', `${MUC}#roomconfig`)}
      ${field('muc#roomconfig_roomname', config.name)}${field('muc#roomconfig_publicroom', config.public)}
      </x></query></iq>`,
  )
  await owner.waitFor((one) => one.is('iq') && one.attrs.id === `set-${room}`)
}

/** Through the room, by who may. */
function command(peer: Peer, room: string, item: string): void {
  peer.send(
    `<iq type='set' to='${roomAt(room)}' id='c-${Math.random()}'>
      <query xmlns='${MUC}#admin'>${item}</query></iq>`,
  )
}

test('a room is found in the directory of the own server, looked at, and joined by keyboard', async () => {
  await page.keyboard.press('Control+Shift+J')
  await dialog()
    .getByRole('option', { name: /The Garden/ })
    .waitFor()
  expect(await violationsOf(page)).toEqual([])
  await dialog()
    .getByLabel('Address of the room')
    .fill(`xmpp:${roomAt('garden')}?join`)
  await page.keyboard.press('Enter')
  await dialog().getByText('Open: anybody may join.').waitFor()
  await dialog().getByLabel('Your name there').fill('Romeo')
  await page.keyboard.press('Enter')
  await header().getByRole('heading', { name: 'The Garden' }).waitFor()
  await header().getByRole('button', { name: '3 people' }).waitFor()
  await article('What’s in a name?').waitFor()
})

test('who is there stands beside it, and what is said has its author', async () => {
  for (const name of [/^Juliet/, /^Nurse/, /^Romeo/]) await people().getByRole('option', { name }).waitFor()
  say(juliet, 'garden', 'Good night')
  await log()
    .getByRole('article', { name: /^Juliet, / })
    .filter({ hasText: 'Good night' })
    .waitFor()
  expect(await violationsOf(page)).toEqual([])
})

test('a nick is completed, and what is written reaches the others', async () => {
  await composer().click()
  await page.keyboard.type('@ju')
  await page
    .getByRole('listbox', { name: 'People to mention' })
    .getByRole('option', { name: /^Juliet/ })
    .waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type('wherefore')
  await page.keyboard.press('Enter')
  const heard = await juliet.waitForMessage('Juliet: wherefore')
  expect([heard.attrs.type, heard.attrs.from]).toEqual(['groupchat', `${roomAt('garden')}/Romeo`])
  await expect
    .poll(() =>
      log()
        .getByRole('article', { name: /^You, / })
        .count(),
    )
    .toBe(1)
})

test('what speaks to us is marked, here and in the list', async () => {
  say(nurse, 'garden', 'Romeo, a word with you')
  await log()
    .getByRole('article', { name: /^Nurse, .*, speaks to you$/ })
    .waitFor()
  await page.keyboard.press('Escape')
  say(nurse, 'garden', 'Romeo! Romeo!')
  await row(/The Garden/)
    .getByText('1 message speaks to you')
    .waitFor()
  await row(/The Garden/)
    .getByText('Nurse: Romeo! Romeo!')
    .waitFor()
  await garden().click()
})

test('who types is told', async () => {
  const state = (name: string): void =>
    nurse.send(
      `<message to='${roomAt('garden')}' type='groupchat'>
        <${name} xmlns='http://jabber.org/protocol/chatstates'/></message>`,
    )
  state('composing')
  await header().getByText('Nurse is typing').waitFor()
  state('active')
  await expect.poll(() => header().getByText('Nurse is typing').count()).toBe(0)
})

test('a private message has a conversation of its own, never that of a contact', async () => {
  nurse.send(
    `<message to='${roomAt('garden')}/Romeo' type='chat' id='pm1'><body>Between us</body>
      <x xmlns='${MUC}#user'/></message>`,
  )
  await row(/Nurse · The Garden/).click()
  await page.getByText('Private message through The Garden').waitFor()
  await article('Between us').waitFor()
  expect(await page.getByText('is not in your contacts').count()).toBe(0)
  await page.getByRole('textbox', { name: /^Message/ }).fill('Say on')
  await page.keyboard.press('Enter')
  const answer = await nurse.waitForMessage('Say on')
  expect([answer.attrs.type, answer.attrs.from]).toEqual(['chat', `${roomAt('garden')}/Romeo`])
  // It moves to the top first.
  await row(/Nurse · The Garden.*You: Say on/).waitFor()
  await garden().click()
  await header().getByRole('heading', { name: 'The Garden' }).waitFor()
})

test('being removed is said, with who did it and why; one keeps from speaking and may come back', async () => {
  command(juliet, 'garden', `<item nick='Romeo' role='none'><reason>A Montague!</reason></item>`)
  const bar = page.getByRole('alert').filter({ hasText: /removed/ })
  await bar.getByText('A Montague!').waitFor()
  await page.getByText('You are not in this room.', { exact: true }).waitFor()
  expect(await composer().count()).toBe(0)
  expect(await violationsOf(page)).toEqual([])
  await bar.getByRole('button', { name: 'Retry' }).click()
  await composer().waitFor()
  await header().getByRole('button', { name: '3 people' }).waitFor()
})

test('a nick that is taken is proposed anew', async () => {
  await page.keyboard.press('Control+Shift+J')
  await make(juliet, 'orchard', 'Romeo', { name: 'The Orchard', public: '1' })
  await dialog().getByLabel('Address of the room').fill(roomAt('orchard'))
  await page.keyboard.press('Enter')
  await dialog().getByLabel('Your name there').fill('Romeo')
  await page.keyboard.press('Enter')
  await page.getByText('Somebody there has this name already.').waitFor()
  await page.getByText('Take another one.').waitFor()
  const field = page.locator('main').getByLabel('Your name there')
  expect(await field.inputValue()).not.toBe('')
  await field.fill('Montague')
  await page.keyboard.press('Enter')
  await header().getByRole('button', { name: '2 people' }).waitFor()
})

test('a group is made in words, and who is chosen is invited', async () => {
  await page.getByRole('button', { name: 'New chat or room' }).click()
  await page.getByRole('menuitem', { name: 'New group or channel…' }).click()
  await dialog().getByRole('radio', { name: 'Private group' }).waitFor()
  expect(await violationsOf(page)).toEqual([])
  await dialog().getByLabel('Name', { exact: true }).fill('The Balcony')
  await dialog().getByRole('combobox', { name: 'Name or address' }).fill('jul')
  await page.keyboard.press('Enter')
  await dialog().getByRole('button', { name: 'Make the group' }).click()
  await header().getByRole('heading', { name: 'The Balcony' }).waitFor()
  const invitation = await juliet.waitFor(
    (one) => one.is('message') && /jabber:x:conference|<invite/.test(one.toString()),
  )
  const jid = /jid="([^"]+)"/.exec(invitation.toString())?.[1] ?? String(invitation.attrs.from)
  juliet.send(`<presence to='${jid}/Juliet'><x xmlns='${MUC}'/></presence>`)
  await header().getByRole('button', { name: '2 people' }).waitFor()
})

test('its owner removes by keyboard, with a reason that is heard', async () => {
  await page.getByRole('listbox', { name: 'People', exact: true }).focus()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Remove from the room…' }).click()
  await dialog().getByLabel('Reason (optional)').fill('The nurse calls')
  await page.keyboard.press('Enter')
  const gone = await juliet.waitFor(
    (one) => /\/Juliet$/.test(String(one.attrs.from)) && one.toString().includes('code="307"'),
  )
  expect(gone.toString()).toContain('The nurse calls')
  await header().getByRole('button', { name: '1 person' }).waitFor()
})

test('its settings are the room’s own form', async () => {
  await header().getByRole('button', { name: 'Room menu' }).click()
  await page.getByRole('menuitem', { name: 'Room details…' }).click()
  expect(await violationsOf(page)).toEqual([])
  await dialog().getByRole('tab', { name: 'Settings' }).click()
  await dialog().getByLabel('Title').fill('The Orchard Wall')
  await dialog().getByRole('button', { name: 'Save' }).click()
  await dialog().getByText('Saved.').waitFor()
  await dialog().getByRole('tab', { name: 'Lists' }).click()
  await dialog().getByLabel('List', { exact: true }).selectOption({ label: 'Owners' })
  await dialog().getByText(`romeo@${server.domain}`).waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  await header().getByRole('heading', { name: 'The Orchard Wall' }).waitFor()
})

test('an invitation waits in the Inbox and is joined only when the user says so; left, it says so', async () => {
  await make(nurse, 'kitchen', 'Nurse', { name: 'The Kitchen', public: '0' })
  nurse.send(
    `<message to='${roomAt('kitchen')}'><x xmlns='${MUC}#user'>
      <invite to='romeo@${server.domain}'><reason>Supper is ready</reason></invite></x></message>`,
  )
  await page.getByRole('button', { name: /^Inbox/ }).click()
  const invitation = page.getByRole('article', { name: 'Invitation to kitchen' })
  await invitation.getByText('Supper is ready').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await invitation.getByRole('button', { name: 'Join…' }).click()
  await dialog().getByText('1 person is there now').waitFor()
  await dialog().getByRole('button', { name: 'Join', exact: true }).click()
  await header().getByRole('heading', { name: 'The Kitchen' }).waitFor()
  await header().getByRole('button', { name: 'Room menu' }).click()
  await page.getByRole('menuitem', { name: 'Leave…' }).click()
  await dialog().getByRole('button', { name: 'Leave', exact: true }).click()
  await page.getByText('You left this room. What was said until then stays here.').waitFor()
  await page.getByRole('button', { name: /^Inbox/ }).click()
  expect(await invitation.count()).toBe(0)
})
