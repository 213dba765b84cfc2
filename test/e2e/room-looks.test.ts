/** What rooms look like in the real application: their pictures and those of who is in them. */
import { join } from 'node:path'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchLinnet, newProfile, removeProfile, writeProvision, type Linnet } from '../helpers/app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { makePng, photo } from '../helpers/picture.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { parseStanza } from '../helpers/stanza.ts'
import { createRoomScene, MUC, type RoomScene } from './room-scene.ts'
import { untilOnline, violationsOf } from './screens.ts'

const PASSWORD = 'But soft, what light'
const DOMAIN_OF_ROOMS = 'rooms.chat.test'
const RED = makePng(64, [190, 30, 60])
const GREEN = makePng(48, [20, 140, 60])

let server: Prosody
let scene: RoomScene
let juliet: Peer
let nurse: Peer
let linnet: Linnet
let page: Page

const dialog = () => page.getByRole('dialog')
const header = () => page.locator('main header')
const log = () => page.getByRole('log')
const people = () => page.getByRole('region', { name: /^People in/ })
const row = (name: RegExp) => page.getByRole('listbox', { name: 'Chats' }).getByRole('option', { name })

/** The colour in the middle of a picture, as it is drawn; undefined while initials stand there. */
async function colourOf(place: Locator): Promise<readonly number[] | undefined> {
  const image = place.locator('img').first()
  if ((await image.count()) === 0) return undefined
  return image.evaluate(async (element) => {
    const picture = element as HTMLImageElement
    await picture.decode()
    const canvas = document.createElement('canvas')
    const context = canvas.getContext('2d')
    context?.drawImage(picture, 0, 0, 1, 1)
    return [...(context?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3)
  })
}

/** WebP loses a little. */
const isLike = (
  colour: readonly number[] | undefined,
  [r, g, b]: readonly [number, number, number],
): boolean =>
  colour !== undefined && [r, g, b].every((part, at) => Math.abs(part - (colour[at] ?? -999)) < 16)

async function until(place: Locator, colour: readonly [number, number, number]): Promise<void> {
  await expect.poll(async () => isLike(await colourOf(place), colour), { timeout: 20_000 }).toBe(true)
}
const untilRed = (place: Locator) => until(place, [190, 30, 60])
const untilGreen = (place: Locator) => until(place, [20, 140, 60])

beforeAll(async () => {
  server = await startProsody({
    extraHosts: `Component "${DOMAIN_OF_ROOMS}" "muc"
  modules_enabled = { "muc_mam"; "vcard_muc" }
  restrict_room_creation = false`,
  })
  scene = createRoomScene(DOMAIN_OF_ROOMS)
  await server.stop()
  for (const name of ['romeo', 'juliet', 'nurse']) server.addUser(name, PASSWORD)
  server.setRoster('romeo', [
    { jid: `juliet@${server.domain}`, name: 'Juliet Capulet' },
    { jid: `nurse@${server.domain}`, name: 'Nurse' },
  ])
  await server.start()
  juliet = await connectPeer(server, 'juliet', PASSWORD)
  nurse = await connectPeer(server, 'nurse', PASSWORD)
  await nurse.request('set', parseStanza(photo(GREEN)))
  await scene.make(juliet, 'garden', 'Juliet', { roomname: 'The Garden', publicroom: '1' })
  await juliet.request('set', parseStanza(photo(RED)), scene.at('garden'))
  const update = `<x xmlns='vcard-temp:x:update'><photo>${GREEN.hash}</photo></x>`
  await scene.enter(nurse, 'garden', 'Nurse', update)
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

test('a room has its picture before it is joined, in its header and in the list', async () => {
  await page.keyboard.press('Control+Shift+J')
  // The first service of the server is another one.
  await dialog().getByLabel('Server of the rooms').selectOption(DOMAIN_OF_ROOMS)
  await untilRed(dialog().getByRole('option', { name: /^The Garden/ }))
  await dialog().getByLabel('Address of the room').fill(scene.at('garden'))
  await page.keyboard.press('Enter')
  await dialog().getByText('Open: anybody may join.').waitFor()
  await untilRed(dialog())
  await dialog().getByLabel('Your name there').fill('Romeo')
  await page.keyboard.press('Enter')
  await header().getByRole('heading', { name: 'The Garden' }).waitFor()
  await untilRed(header())
  await untilRed(row(/^The Garden/))
})

test('who is in it has a face, beside the room and beside what they say', async () => {
  await untilGreen(people().getByRole('option', { name: /^Nurse/ }))
  expect(await colourOf(people().getByRole('option', { name: /^Juliet/ }))).toBeUndefined()
  scene.say(nurse, 'garden', 'Faith, I can tell her age')
  const said = log().getByRole('article').filter({ hasText: 'Faith' })
  await said.waitFor()
  await untilGreen(said)
  expect(await violationsOf(page)).toEqual([])
  nurse.send(
    `<message type='chat' to='${scene.at('garden')}/Romeo' id='alone'><body>A word in private</body>
      <x xmlns='${MUC}#user'/></message>`,
  )
  await untilGreen(row(/Nurse · The Garden/))
})

test('when its owner takes the picture away, or it is another one, that shows', async () => {
  await juliet.request('set', parseStanza(`<vCard xmlns='vcard-temp'/>`), scene.at('garden'))
  await expect.poll(() => header().locator('img').count(), { timeout: 20_000 }).toBe(0)
  await juliet.request('set', parseStanza(photo(RED)), scene.at('garden'))
  await untilRed(header())
})

test('an owner chooses the picture of a room from a file, and takes it away; the rest of its vCard stays', async () => {
  const facts = `<DESC>Roses, and a wall to climb</DESC><URL>https://garden.example/</URL><EMAIL><USERID>nurse@garden.example</USERID></EMAIL>`
  const vcard = photo(RED).replace('<PHOTO>', `${facts}<PHOTO>`)
  await juliet.request('set', parseStanza(vcard), scene.at('garden'))
  const item = `<item affiliation='owner' jid='romeo@${server.domain}'/>`
  await juliet.request('set', parseStanza(`<query xmlns='${MUC}#admin'>${item}</query>`), scene.at('garden'))
  await header().getByRole('button', { name: 'Room menu' }).click()
  await page.getByRole('menuitem', { name: 'Room details…' }).click()
  const profile = dialog().getByRole('region', { name: 'From the room’s profile' })
  await profile.getByText('Roses, and a wall to climb').waitFor()
  await profile.getByRole('button', { name: 'https://garden.example/' }).waitFor()
  expect(await violationsOf(page)).toEqual([])
  await dialog().getByRole('tab', { name: 'Settings' }).click()
  const field = dialog().getByRole('group', { name: 'Picture of the room' })
  const nothing = join(linnet.profile, 'nothing.png')
  writeFileSync(nothing, 'no picture')
  await field.locator('input[type=file]').setInputFiles(nothing)
  await dialog().getByText('This file is no picture that can be read.').waitFor()
  const file = join(linnet.profile, 'green.png')
  writeFileSync(file, makePng(700, [20, 140, 60]).bytes)
  await field.locator('input[type=file]').setInputFiles(file)
  await untilGreen(field)
  expect(await violationsOf(page)).toEqual([])
  await untilGreen(row(/^The Garden/))
  await field.getByRole('button', { name: 'Remove' }).click()
  await field.getByRole('button', { name: 'Choose a picture…' }).waitFor()
  expect(await colourOf(field)).toBeUndefined()
  const kept = await juliet.request('get', parseStanza(`<vCard xmlns='vcard-temp'/>`), scene.at('garden'))
  expect(String(kept.getChild('vCard'))).toContain(parseStanza(`<x>${facts}</x>`).getChildElements().join(''))
  await page.keyboard.press('Escape')
  await juliet.request('set', parseStanza(photo(RED)), scene.at('garden'))
  await untilRed(header())
})

/** As the system hands a link over, or a click in a message. */
async function follow(url: string): Promise<void> {
  await page.evaluate((link) => {
    const { bridge } = globalThis as unknown as { bridge: { invoke(name: string, input: unknown): unknown } }
    return bridge.invoke('link.open', { url: link })
  }, url)
}

test('a link to a room asks, and joins nothing by itself; its invitation waits for the user too (S11)', async () => {
  await scene.make(nurse, 'kitchen', 'Nurse', { roomname: 'The Kitchen' })
  await follow(`xmpp:${scene.at('kitchen')}?invite;jid=juliet@${server.domain}`)
  await dialog()
    .getByText('The link invites people to a room that you are not in.', { exact: false })
    .waitFor()
  expect(await violationsOf(page)).toEqual([])
  await dialog().getByRole('button', { name: 'Join…' }).click()
  await dialog().getByText('1 person is there now').waitFor()
  await dialog().getByRole('button', { name: 'Cancel' }).click()
  await follow(`xmpp:${scene.at('kitchen')}?join`)
  await dialog().getByRole('heading', { name: 'Join this room?' }).waitFor()
  await page.keyboard.press('Escape')
  expect(await row(/The Kitchen|kitchen/).count()).toBe(0)
  expect(
    nurse.received.some((one) => String(one.attrs.from).startsWith(`${scene.at('kitchen')}/Romeo`)),
  ).toBe(false)
})

test('a link that invites proposes several people, who are asked when the user says so', async () => {
  await follow(`xmpp:${scene.at('garden')}?invite;jid=nurse@${server.domain};jid=juliet@${server.domain}`)
  await dialog().getByText(`nurse@${server.domain}`).waitFor()
  await dialog().getByRole('button', { name: 'Invite…' }).click()
  const chosen = dialog().getByRole('list').getByRole('button')
  await expect.poll(() => chosen.count()).toBe(2)
  expect(await violationsOf(page)).toEqual([])
  await dialog().getByLabel('A word to them (optional)').fill('Come into the garden')
  await dialog().getByRole('button', { name: 'Invite', exact: true }).click()
  for (const peer of [nurse, juliet]) {
    const invitation = await peer.waitFor((one) => one.toString().includes('Come into the garden'))
    expect(invitation.toString()).toContain(`jid="${scene.at('garden')}"`)
  }
})

test('what is found says who said it and in which room; it can be passed on to a room', async () => {
  await page.getByRole('button', { name: 'New chat or room' }).click()
  await page.getByRole('menuitem', { name: 'New group or channel…' }).click()
  await dialog().getByLabel('Name', { exact: true }).fill('The Balcony')
  await dialog().getByRole('button', { name: 'Make the group' }).click()
  await header().getByRole('heading', { name: 'The Balcony' }).waitFor()
  await page.keyboard.press('Control+Shift+F')
  await page.keyboard.type('her age')
  const hit = page.getByRole('option', { name: /The Garden.*Nurse: .*her age/ })
  await hit.waitFor()
  await untilRed(hit)
  expect(await violationsOf(page)).toEqual([])
  await hit.click()
  await header().getByRole('heading', { name: 'The Garden' }).waitFor()
  await page.getByRole('button', { name: 'Close search' }).click()
  const said = log().getByRole('article').filter({ hasText: 'Faith' })
  await said.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Forward…' }).click()
  await dialog().getByRole('combobox').fill('balcony')
  await dialog()
    .getByRole('option', { name: /The Balcony/ })
    .waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  await row(/The Balcony.*her age/).waitFor()
})

test('a room’s password opens it after a restart, and is in no file', async () => {
  await scene.make(nurse, 'pantry', 'Nurse', {
    roomname: 'The Pantry',
    passwordprotectedroom: '1',
    roomsecret: 'quinces-and-dates',
  })
  await page.keyboard.press('Control+Shift+J')
  await dialog().getByLabel('Address of the room').fill(scene.at('pantry'))
  await page.keyboard.press('Enter')
  await dialog().getByLabel('Password of the room').fill('quinces-and-dates')
  // Not bookmarked: nobody else keeps the password.
  await dialog().getByLabel('Stay in this room').uncheck()
  await dialog().getByRole('button', { name: 'Join', exact: true }).click()
  await header().getByRole('button', { name: '2 people' }).waitFor()
  const { profile } = linnet
  await linnet.quit()
  for (const name of readdirSync(profile, { recursive: true, encoding: 'utf8' })) {
    const file = join(profile, name)
    if (statSync(file).isFile())
      expect([name, readFileSync(file).includes('quinces-and-dates')]).toEqual([name, false])
  }
  linnet = await launchLinnet({ server, profile })
  page = linnet.page
  await untilOnline(page)
  await row(/^The Pantry/).click()
  await header().getByRole('button', { name: '2 people' }).waitFor()
  // Pictures are kept as well.
  await untilRed(row(/^The Garden/))
})
