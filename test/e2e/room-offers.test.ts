/**
 * What only some rooms offer, in the real application: slow mode, activity, moderation, requests to belong; and invitations that
 * are declined, ours and theirs. Rooms of a script where Prosody's have no such thing, its own where they have.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchLinnet, newProfile, removeProfile, writeProvision, type Linnet } from '../helpers/app.ts'
import { componentConfig } from '../helpers/component.ts'
import { freePorts } from '../helpers/free-ports.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { startScriptedRooms, type ScriptedRooms } from '../helpers/scripted-rooms.ts'
import { parseStanza } from '../helpers/stanza.ts'
import { createRoomScene, MUC } from './room-scene.ts'
import { untilOnline, violationsOf } from './screens.ts'

const PASSWORD = 'But soft, what light'
const STAGE = 'stage.chat.test'
const SLOW_SECONDS = 15
const ROOMS = {
  slow: {
    name: 'The Slow Room',
    info: { 'muc#roominfo_slow_mode_duration': String(SLOW_SECONDS) },
  },
  council: {
    name: 'The Council',
    features: ['urn:xmpp:message-moderate:1', 'muc_membersonly'],
    affiliation: 'admin',
    subject: 'Who may come in',
  },
  busy: { name: 'The Square', info: { '{urn:xmpp:muc-activity}message-activity': '42.4' } },
} as const

let server: Prosody
let rooms: ScriptedRooms
let juliet: Peer
let nurse: Peer
let linnet: Linnet
let page: Page

const dialog = () => page.getByRole('dialog')
const header = () => page.locator('main header')
const log = () => page.getByRole('log')
const article = (text: string) => log().getByRole('article').filter({ hasText: text }).last()
const row = (name: RegExp) => page.getByRole('listbox', { name: 'Chats' }).getByRole('option', { name })

beforeAll(async () => {
  const [port = 0] = await freePorts(1)
  const component = { port, jid: STAGE, secret: 'scripted' }
  server = await startProsody(componentConfig(component))
  for (const name of ['romeo', 'juliet', 'nurse']) server.addUser(name, PASSWORD)
  rooms = await startScriptedRooms(component, ROOMS)
  juliet = await connectPeer(server, 'juliet', PASSWORD)
  nurse = await connectPeer(server, 'nurse', PASSWORD)
  await keepBookmark()
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
  rooms.close()
  await server.dispose()
})

/** By another program of Romeo's: a room that is pinned, and not joined. */
async function keepBookmark(): Promise<void> {
  const other = await connectPeer(server, 'romeo', PASSWORD, { resource: 'elsewhere' })
  const pinned = `<extensions><pinned xmlns='urn:xmpp:bookmarks-pinning:0'/></extensions>`
  const bookmark = `<conference xmlns='urn:xmpp:bookmarks:1' autojoin='false'>${pinned}</conference>`
  const answer = await other.request(
    'set',
    parseStanza(
      `<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='urn:xmpp:bookmarks:1'>
        <item id='busy@${STAGE}'>${bookmark}</item></publish></pubsub>`,
    ),
  )
  expect(answer.attrs.type).toBe('result')
  other.close()
}

async function join(room: keyof typeof ROOMS): Promise<void> {
  await page.keyboard.press('Control+Shift+J')
  await dialog().getByLabel('Address of the room').fill(`${room}@${STAGE}`)
  await page.keyboard.press('Enter')
  await dialog().getByLabel('Your name there').fill('Romeo')
  await page.keyboard.press('Enter')
  await header().getByRole('button', { name: '2 people' }).waitFor()
  await header().getByRole('heading', { name: ROOMS[room].name }).waitFor()
}

const heard = (body: string) => rooms.waitFor((one) => one.is('message') && one.getChildText('body') === body)

test('a slow room says how often one may speak; what is said sooner waits, and how long is told', async () => {
  await join('slow')
  await page.getByText(`Slow mode: one message every ${SLOW_SECONDS} seconds.`).waitFor()
  const composer = page.getByRole('textbox', { name: 'Message The Slow Room' })
  await composer.fill('Wisely and slow')
  await page.keyboard.press('Enter')
  await heard('Wisely and slow')
  await page.getByText(/Slow mode: what you send now goes out in/).waitFor()
  await composer.fill('They stumble that run fast')
  await page.keyboard.press('Enter')
  await article('They stumble').getByRole('img', { name: 'Waiting to be sent' }).waitFor()
  expect(await violationsOf(page)).toEqual([])
  await heard('They stumble that run fast')
  await article('They stumble').getByRole('img', { name: 'Sent', exact: true }).waitFor()
})

const asks = (nick: string): string => {
  const field = (name: string, value: string, type = 'text-single'): string =>
    `<field var='${name}' type='${type}'><value>${value}</value></field>`
  return `<x xmlns='jabber:x:data' type='form'>${field('FORM_TYPE', `${MUC}#register`, 'hidden')}
    ${field('muc#register_roomnick', nick)}${field('muc#register_jid', `${nick}@${server.domain}`)}
    ${field('muc#register_allow', '0', 'boolean')}</x>`
}

test('who wants to belong to a room is put before its admin, whose answer the room gets', async () => {
  await join('council')
  rooms.tell('council', asks('paris'))
  rooms.tell('council', asks('tybalt'))
  const bar = page.getByRole('status').filter({ hasText: 'asks to become a member' })
  await bar.getByText(`paris (paris@${server.domain}) asks to become a member.`).waitFor()
  await bar.getByText('One more waits.').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await bar.getByRole('button', { name: 'Allow' }).click()
  await bar.getByText('tybalt', { exact: false }).waitFor()
  await bar.getByRole('button', { name: 'Not now' }).click()
  await expect.poll(() => bar.count()).toBe(0)
  const answerTo = (nick: string) =>
    rooms.waitFor((one) => one.is('message') && one.toString().includes(`<value>${nick}</value>`))
  const allowed = (text: string): string | undefined =>
    /register_allow"[^>]*><value>(\w+)<\/value>/.exec(text)?.[1]
  expect(allowed((await answerTo('paris')).toString())).toBe('true')
  expect(allowed((await answerTo('tybalt')).toString())).toBe('false')
})

test('a moderator takes a message back with a reason, which stands in its place; so does one of ours', async () => {
  rooms.say('council', 'Juliet', '<body>A plague on both your houses</body>')
  await article('A plague').waitFor()
  await article('A plague').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Take back for everybody…' }).click()
  await dialog().getByLabel('Reason (optional)').fill('Not in this house')
  await page.keyboard.press('Enter')
  await log().getByText('Removed by the moderator Romeo: Not in this house').waitFor()
  expect(await log().getByText('A plague').count()).toBe(0)
  await page.getByRole('textbox', { name: 'Message The Council' }).fill('I defy you, stars')
  await page.keyboard.press('Enter')
  await heard('I defy you, stars')
  await article('I defy you').getByRole('img', { name: 'Sent', exact: true }).waitFor()
  rooms.moderate('council', rooms.lastId(), 'Juliet', 'Too late')
  await log().getByText('A moderator removed your message: Too late').waitFor()
  expect(await violationsOf(page)).toEqual([])
})

test('words through a room stand under the room’s name, with how their author is there', async () => {
  const at = `council@${STAGE}`
  const romeo = await rooms.waitFor((one) => one.is('presence') && one.attrs.to === `${at}/Romeo`)
  rooms.send(
    `<message type='chat' from='${at}/Juliet' to='${String(romeo.attrs.from)}' id='alone'><body>Swear not by the moon</body>
      <x xmlns='${MUC}#user'/></message>`,
  )
  await row(/Juliet · The Council/).click()
  await header().getByRole('heading', { name: 'Juliet' }).waitFor()
  await header().getByText('Online · Private message through The Council').waitFor()
  await page.getByRole('textbox', { name: /^Message/ }).fill('What shall I swear by?')
  await page.keyboard.press('Enter')
  const answer = await heard('What shall I swear by?')
  expect([answer.attrs.type, answer.attrs.to]).toEqual(['chat', `${at}/Juliet`])
})

test('who declines our invitation is told in the room, with their words', async () => {
  await page.getByRole('button', { name: 'New chat or room' }).click()
  await page.getByRole('menuitem', { name: 'New group or channel…' }).click()
  await dialog().getByLabel('Name', { exact: true }).fill('The Balcony')
  await dialog().getByRole('combobox', { name: 'Name or address' }).fill(nurse.bareJid)
  await page.keyboard.press('Enter')
  await dialog().getByRole('button', { name: 'Make the group' }).click()
  await header().getByRole('heading', { name: 'The Balcony' }).waitFor()
  const invitation = await nurse.waitFor((one) => one.toString().includes('<invite'))
  const decline = `<decline to='romeo@${server.domain}'><reason>My bones ache</reason></decline>`
  nurse.send(`<message to='${String(invitation.attrs.from)}'><x xmlns='${MUC}#user'>${decline}</x></message>`)
  await log()
    .getByText(/nurse.* declined the invitation: My bones ache/)
    .waitFor()
  expect(await violationsOf(page)).toEqual([])
})

test('an invitation that we decline is heard by who sent it, and nothing is joined', async () => {
  const scene = createRoomScene(`conference.${server.domain}`)
  await scene.make(juliet, 'tomb', 'Juliet', { roomname: 'The Tomb', membersonly: '1' })
  const invite = `<invite to='romeo@${server.domain}'><reason>Come, bitter conduct</reason></invite>`
  juliet.send(`<message to='${scene.at('tomb')}'><x xmlns='${MUC}#user'>${invite}</x></message>`)
  await page.getByRole('button', { name: /^Inbox/ }).click()
  const invitation = page.getByRole('article', { name: 'Invitation to tomb' })
  await invitation.getByText('Come, bitter conduct').waitFor()
  // The room is anonymous: it names a nick.
  await invitation.getByText('Juliet invites you.').waitFor()
  await invitation.getByRole('button', { name: 'Decline' }).click()
  const declined = await juliet.waitFor((one) => one.toString().includes('<decline'))
  expect(declined.toString()).toContain(`from="romeo@${server.domain}`)
  await expect.poll(() => invitation.count()).toBe(0)
  expect(juliet.received.some((one) => String(one.attrs.from) === `${scene.at('tomb')}/romeo`)).toBe(false)
})

test('how much is said in a room that is not joined stands in the list', async () => {
  // It is asked a while after the start, when everything else is done.
  await page.getByRole('button', { name: /^Chats/ }).click()
  await row(/^The Square/)
    .getByText('About 42 messages an hour there')
    .waitFor()
})
