/** People's pictures in the real application: those of contacts, and the own one with the name. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeProfile, type Linnet } from '../helpers/app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { makePng, type MadePicture } from '../helpers/picture.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { parseStanza } from '../helpers/stanza.ts'
import { launchSignedIn, openSettings, violationsOf } from './screens.ts'

const PASSWORD = 'But soft, what light'
const DATA = 'urn:xmpp:avatar:data'
const METADATA = 'urn:xmpp:avatar:metadata'
const NICK = 'http://jabber.org/protocol/nick'
const [RED, GREEN, BLUE] = [
  [190, 30, 60],
  [20, 140, 60],
  [40, 70, 200],
] as const

let server: Prosody
let juliet: Peer
let linnet: Linnet
let page: Page
let romeo: string

const row = () => page.getByRole('listbox', { name: 'Chats' }).getByRole('option', { name: /Juliet/ })
const header = () => page.locator('main header')
const own = () => page.getByRole('button', { name: /^Your presence/ })
const section = () => page.getByRole('region', { name: 'Name and picture' })
const save = () => section().getByRole('button', { name: 'Save' })
const LONG = { timeout: 20_000 }

type Colour = readonly [number, number, number]

/** The colour of the picture that stands there; undefined while initials do. WebP loses a little. */
async function colourOf(place: Locator): Promise<string | undefined> {
  const image = place.locator('img').first()
  if ((await image.count()) === 0) return undefined
  const seen = await image.evaluate(async (element) => {
    const picture = element as HTMLImageElement
    await picture.decode()
    const canvas = document.createElement('canvas')
    const context = canvas.getContext('2d')
    context?.drawImage(picture, 0, 0, 1, 1)
    return [...(context?.getImageData(0, 0, 1, 1).data ?? [])]
  })
  const isLike = (colour: Colour): boolean =>
    colour.every((part, at) => Math.abs(part - (seen[at] ?? -999)) < 16)
  return [RED, GREEN, BLUE].find(isLike)?.join()
}

async function until(place: Locator, colour: Colour | undefined): Promise<void> {
  await expect.poll(() => colourOf(place).catch(() => 'gone'), LONG).toBe(colour?.join())
}

async function publish(peer: Peer, node: string, id: string, payload: string): Promise<void> {
  const item = `<item id='${id}'>${payload}</item>`
  const answer = await peer.request(
    'set',
    parseStanza(
      `<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='${node}'>${item}</publish></pubsub>`,
    ),
  )
  expect(answer.attrs.type).toBe('result')
}

async function show(peer: Peer, { hash, base64, bytes }: MadePicture): Promise<void> {
  await publish(peer, DATA, hash, `<data xmlns='${DATA}'>${base64}</data>`)
  const info = `<info id='${hash}' bytes='${bytes.length}' type='image/png' width='64' height='64'/>`
  await publish(peer, METADATA, hash, `<metadata xmlns='${METADATA}'>${info}</metadata>`)
}

/** The payload that the account has published last, as its server has it. */
async function publishedBy(peer: Peer, node: string): Promise<string> {
  const items = `<items node='${node}' max_items='1'/>`
  const answer = await peer.request(
    'get',
    parseStanza(`<pubsub xmlns='http://jabber.org/protocol/pubsub'>${items}</pubsub>`),
    romeo,
  )
  return answer.toString()
}

beforeAll(async () => {
  server = await startProsody()
  await server.stop()
  romeo = `romeo@${server.domain}`
  for (const name of ['romeo', 'juliet', 'nurse']) server.addUser(name, PASSWORD)
  server.setRoster('romeo', [
    { jid: `juliet@${server.domain}`, name: 'Juliet' },
    { jid: `nurse@${server.domain}` },
  ])
  server.setRoster('nurse', [{ jid: romeo }])
  server.setRoster('juliet', [{ jid: romeo, name: 'Romeo' }])
  await server.start()
  juliet = await connectPeer(server, 'juliet', PASSWORD)
  await show(juliet, makePng(64, RED))
  linnet = await launchSignedIn(server, { name: 'romeo', password: PASSWORD })
  page = linnet.page
})
afterAll(async () => {
  await linnet.quit()
  removeProfile(linnet.profile)
  juliet.close()
  await server.dispose()
})

test('a contact’s picture stands in the lists, the chat and on the contact’s page', async () => {
  juliet.say(romeo, 'Wherefore art thou?')
  await row().click()
  await until(row(), RED)
  await until(header(), RED)
  await until(page.getByRole('log').getByRole('article').filter({ hasText: 'Wherefore' }), RED)
  await page.getByRole('button', { name: 'Contacts', exact: true }).click()
  await until(page.getByRole('row', { name: /Juliet/ }), RED)
  await page.keyboard.press('Control+K')
  await until(page.getByRole('dialog').getByRole('option', { name: /Juliet/ }), RED)
  await page.keyboard.press('Escape')
  expect(await violationsOf(page)).toEqual([])
})

test('it changes with the contact, and goes with it', async () => {
  await show(juliet, makePng(64, GREEN))
  await until(header(), GREEN)
  await publish(juliet, METADATA, 'current', `<metadata xmlns='${METADATA}'/>`)
  await until(header(), undefined)
  await show(juliet, makePng(64, RED))
  await until(header(), RED)
})

test('a contact without a name goes by its nickname, but not by somebody else’s name', async () => {
  const nurse = await connectPeer(server, 'nurse', PASSWORD)
  const tell = (nick: string) => publish(nurse, NICK, 'current', `<nick xmlns='${NICK}'>${nick}</nick>`)
  await tell('Angelica')
  await page.getByRole('row', { name: /Angelica/ }).waitFor(LONG)
  await tell('JULIET')
  await page.getByRole('row', { name: /nurse/ }).waitFor(LONG)
  nurse.close()
})

test('the own one is chosen from a file, looked at, and published with the name', async () => {
  await openSettings(page, 'Accounts')
  await expect.poll(() => section().getByLabel('Your name').isEnabled(), LONG).toBe(true)
  const field = section().getByRole('group', { name: 'Your picture' })
  const nothing = join(linnet.profile, 'nothing.png')
  writeFileSync(nothing, 'no picture')
  await field.locator('input[type=file]').setInputFiles(nothing)
  await section().getByText('This file is no picture that can be read.').waitFor()
  const file = join(linnet.profile, 'blue.png')
  writeFileSync(file, makePng(700, BLUE).bytes)
  await field.locator('input[type=file]').setInputFiles(file)
  await field.getByText('It is not saved yet.', { exact: false }).waitFor()
  await until(field, BLUE)
  await section().getByLabel('Your name').fill('Romeo M.')
  expect(await violationsOf(page)).toEqual([])
  expect(await publishedBy(juliet, METADATA)).not.toContain('<info')
  await save().click()
  await section().getByText('Saved.', { exact: true }).waitFor()
  await until(field, BLUE)
  const told = await publishedBy(juliet, METADATA)
  expect(told).toContain('width="192"')
  expect(await publishedBy(juliet, NICK)).toContain('Romeo M.')
  await page.keyboard.press('Escape')
  await until(own(), BLUE)
  await juliet.waitFor((one) => one.toString().includes(METADATA) && one.attrs.from === romeo)
})

test('it is dropped, discarded, and removed', async () => {
  await openSettings(page, 'Accounts')
  await expect.poll(() => section().getByLabel('Your name').inputValue(), LONG).toBe('Romeo M.')
  const field = section().getByRole('group', { name: 'Your picture' })
  const drop = await page.evaluateHandle((base64) => {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))
    const data = new DataTransfer()
    data.items.add(new File([bytes], 'green.png', { type: 'image/png' }))
    return data
  }, makePng(64, GREEN).base64)
  await field.dispatchEvent('dragover', { dataTransfer: drop })
  await field.dispatchEvent('drop', { dataTransfer: drop })
  await until(field, GREEN)
  await section().getByRole('button', { name: 'Discard changes' }).click()
  await until(field, BLUE)
  await field.getByRole('button', { name: 'Remove' }).click()
  await field.getByText('The picture will be removed when you save.').waitFor()
  await until(field, undefined)
  await save().click()
  await section().getByText('Saved.', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await until(own(), undefined)
  expect(await publishedBy(juliet, METADATA)).not.toContain('<info')
})
