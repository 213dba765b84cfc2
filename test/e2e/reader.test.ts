/** What a screen reader says by itself: of messages, the connection and what went wrong; once, and not the log again. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeProfile, type Linnet } from '../helpers/app.ts'
import { connectDesktop, type Desktop } from '../helpers/desktop.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { startTcpProxy, type TcpProxy } from '../helpers/tcp-proxy.ts'
import { focused, listen, roundOf } from './keyboard.ts'
import { createRoomScene, type RoomScene } from './room-scene.ts'
import { launchSignedIn, untilOnline } from './screens.ts'

const PASSWORD = 'But soft, what light'
const patience = { timeout: 20_000 }

let server: Prosody
let cable: TcpProxy
let linnet: Linnet
let page: Page
let juliet: Peer
let nurse: Peer
let desktop: Desktop
let rooms: RoomScene
let heard: () => Promise<string[]>

beforeAll(async () => {
  server = await startProsody()
  for (const name of ['romeo', 'juliet', 'nurse']) server.addUser(name, PASSWORD)
  server.setRoster('romeo', [
    { jid: `juliet@${server.domain}`, name: 'Juliet' },
    { jid: `nurse@${server.domain}`, name: 'Nurse' },
  ])
  for (const name of ['juliet', 'nurse']) server.setRoster(name, [{ jid: `romeo@${server.domain}` }])
  juliet = await connectPeer(server, 'juliet', PASSWORD)
  nurse = await connectPeer(server, 'nurse', PASSWORD)
  rooms = createRoomScene(`conference.${server.domain}`)
  await rooms.make(juliet, 'hall', 'Juliet', { roomname: 'The Hall' })
  cable = await startTcpProxy(server.tlsPort)
  linnet = await launchSignedIn({ ...server, tlsPort: cable.port }, { name: 'romeo', password: PASSWORD })
  desktop = connectDesktop()
  page = linnet.page
  page.setDefaultTimeout(20_000)
  heard = await listen(page)
})
afterAll(async () => {
  desktop.close()
  juliet.close()
  nurse.close()
  await linnet.quit()
  removeProfile(linnet.profile)
  await cable.close()
  await server.dispose()
})

const romeo = (): string => `romeo@${server.domain}`
const saidWith = async (words: string): Promise<string[]> =>
  (await heard()).filter((one) => one.includes(words))
/** All that was said since. */
async function silence(): Promise<() => Promise<string[]>> {
  const before = (await heard()).length
  return async () => (await heard()).slice(before)
}

async function openChat(name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(name)
  await page.getByRole('dialog').getByRole('option', { name }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: `Message ${name}` }).waitFor()
  await expect.poll(() => focused(page), patience).toContain(`Message ${name}`)
}

test('the very first message of a chat is read out, with who says it, once', async () => {
  await openChat('Juliet')
  juliet.say(romeo(), 'O gentle Romeo')
  await expect.poll(() => saidWith('O gentle Romeo'), patience).toEqual(['Juliet: O gentle Romeo'])
})

test('each message is read out, also the same words again, and what was said before is not', async () => {
  const since = await silence()
  for (const words of ['Ay me', 'Ay me', 'If thou dost love']) juliet.say(romeo(), words)
  const log = page.getByRole('log')
  await log.getByRole('article').filter({ hasText: 'If thou dost love' }).waitFor()
  await expect.poll(since, patience).toEqual(['Juliet: Ay me', 'Juliet: Ay me', 'Juliet: If thou dost love'])
})

test('going to another chat reads no history; a message elsewhere is for the desktop to tell, once', async () => {
  await openChat('Nurse')
  const since = await silence()
  juliet.say(romeo(), 'Pronounce it faithfully')
  const told = async (): Promise<number> =>
    (await desktop.notifications(linnet.pid)).filter(({ body }) => body.includes('faithfully')).length
  await expect.poll(told, patience).toBe(1)
  await page
    .getByRole('option', { name: /Juliet/ })
    .filter({ hasText: 'faithfully' })
    .waitFor()
  expect(await since()).toEqual([])
  await openChat('Juliet')
  await page.getByRole('article').filter({ hasText: 'faithfully' }).waitFor()
  expect((await since()).filter((one) => /faithfully|gentle Romeo/.test(one))).toEqual([])
})

test('a message that could not be sent is said to be so', async () => {
  await page.keyboard.type('Art thou not Romeo')
  await page.keyboard.press('Enter')
  const { attrs } = await juliet.waitForMessage('Art thou not Romeo')
  const error = `<error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>`
  juliet.send(`<message type='error' id='${attrs.id}' to='${attrs.from}'>${error}</message>`)
  await expect.poll(() => saidWith('Art thou'), patience).toEqual(['Not sent: Art thou not Romeo'])
})

test('in a room who speaks is named', async () => {
  await page.keyboard.press('Control+Shift+j')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type(rooms.at('hall'))
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Join', exact: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: /^Message/ }).waitFor()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await juliet.waitFor((one) => one.is('presence') && String(one.attrs.from).endsWith('/romeo'))
  rooms.say(juliet, 'hall', 'Good pilgrim')
  await expect.poll(() => saidWith('Good pilgrim'), patience).toEqual(['Juliet: Good pilgrim'])
})

test('that the connection is lost is said once, however often it is tried; that it is back as well', async () => {
  await openChat('Juliet')
  const since = await silence()
  const tryNow = page.getByRole('button', { name: 'Try now' })
  cable.unplug()
  cable.cut()
  await expect.poll(since, patience).toContainEqual(expect.stringContaining(server.domain))
  const tries = cable.refused
  await tryNow.click()
  await expect.poll(() => cable.refused, patience).toBeGreaterThan(tries)
  await tryNow.waitFor()
  cable.plug()
  await tryNow.click()
  await untilOnline(page)
  await expect.poll(since, patience).toContain('Connected again.')
  const all = await since()
  expect(all.filter((words, index) => all.indexOf(words) !== index)).toEqual([])
  expect(all.filter((words) => words.includes(server.domain))).toHaveLength(1)
  expect(all).toContain('You are offline. Messages go out when you are back.')
})

test('Tab and Shift+Tab go round the whole window; F6 leads from part to part and back', async () => {
  expect(await roundOf(page, 'Tab')).toEqual([])
  expect(await roundOf(page, 'Shift+Tab')).toEqual([])
  const part = (): Promise<number> =>
    page.evaluate(() =>
      [...document.querySelectorAll('[data-pane]')].findIndex((pane) =>
        pane.contains(document.activeElement),
      ),
    )
  const start = await part()
  const visited: number[] = []
  for (let step = 0; step < 3; step += 1) {
    await page.keyboard.press('F6')
    visited.push(await part())
  }
  expect(visited.toSorted()).toEqual([0, 1, 2])
  expect(visited.at(-1)).toBe(start)
  await page.keyboard.press('Shift+F6')
  expect(await part()).toBe(visited.at(-2))
})
