/** Corrections, retractions and reactions in the real application, both ways, and without a connection. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchLinnet, newProfile, removeProfile, writeProvision, type Linnet } from '../helpers/app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { parseStanza } from '../helpers/stanza.ts'
import { startTcpProxy, type TcpProxy } from '../helpers/tcp-proxy.ts'
import { untilOnline, violationsOf } from './screens.ts'

const PASSWORD = 'But soft, what light'

let server: Prosody
let cable: TcpProxy
let juliet: Peer
let linnet: Linnet
let page: Page

beforeAll(async () => {
  server = await startProsody()
  await server.stop()
  for (const name of ['romeo', 'juliet']) server.addUser(name, PASSWORD)
  server.setRoster('romeo', [{ jid: `juliet@${server.domain}`, name: 'Juliet' }])
  server.setRoster('juliet', [{ jid: `romeo@${server.domain}` }])
  await server.start()
  cable = await startTcpProxy(server.tlsPort)
  juliet = await connectPeer(server, 'juliet', PASSWORD)
  const profile = newProfile()
  const file = writeProvision(profile, { ...server, tlsPort: cable.port }, [
    { name: 'romeo', password: PASSWORD },
  ])
  linnet = await launchLinnet({ server, profile, args: ['--provision', file] })
  page = linnet.page
  await untilOnline(page)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('jul')
  await page.getByRole('option', { name: /Juliet/ }).first().waitFor() // prettier-ignore
  await page.keyboard.press('Enter')
  await composer().waitFor()
})
afterAll(async () => {
  await linnet.quit()
  removeProfile(linnet.profile)
  juliet.close()
  await cable.close()
  await server.dispose()
})

const composer = () => page.getByRole('textbox', { name: 'Message Juliet' })
const log = () => page.getByRole('log')
const bubble = (text: string) => log().getByRole('article').filter({ hasText: text })

async function write(text: string): Promise<void> {
  await composer().fill(text)
  await page.keyboard.press('Enter')
}

function send(id: string, content: string): void {
  const to = `romeo@${server.domain}`
  juliet.send(parseStanza(`<message to='${to}' type='chat' id='${id}'>${content}</message>`))
}

async function choose(text: string, key: string): Promise<void> {
  await bubble(text).focus()
  await page.keyboard.press(key)
}

test('an own message is edited with the arrow up; its history is shown', async () => {
  await write('yonder airlock')
  const first = await juliet.waitForMessage('yonder airlock')
  await composer().focus()
  await page.keyboard.press('ArrowUp')
  await page.getByText('Editing message').waitFor()
  expect(await composer().inputValue()).toBe('yonder airlock')
  await write('yonder window')
  const second = await juliet.waitForMessage('yonder window')
  expect(second.getChild('replace', 'urn:xmpp:message-correct:0')?.attrs).toMatchObject({
    id: first.attrs['id'] as unknown,
  })
  await bubble('yonder window').getByRole('button', { name: 'edited' }).click()
  const dialog = page.getByRole('dialog', { name: 'Earlier versions' })
  await dialog.getByText('yonder airlock').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  expect(await log().getByRole('article').count()).toBe(1)
})

test('what Juliet edits and takes back changes here', async () => {
  send('j1', '<body>Wherefore art tho</body>')
  await bubble('Wherefore art tho').waitFor()
  send('j2', "<body>Wherefore art thou?</body><replace xmlns='urn:xmpp:message-correct:0' id='j1'/>")
  await bubble('Wherefore art thou?').getByRole('button', { name: 'edited' }).waitFor()
  send('j3', "<body>/me took it back</body><retract xmlns='urn:xmpp:message-retract:1' id='j1'/>")
  await bubble('Message deleted').waitFor()
  expect(await log().getByText('Wherefore').count()).toBe(0)
})

test('reactions both ways, by key and by click', async () => {
  await write('a rose')
  const rose = await juliet.waitForMessage('a rose')
  send(
    'r1',
    `<reactions xmlns='urn:xmpp:reactions:0' id='${String(rose.attrs['id'])}'><reaction>🌹</reaction></reactions>`,
  )
  const chip = bubble('a rose').getByRole('button', { name: /^🌹\s*by Juliet$/ })
  await chip.click()
  await bubble('a rose').getByRole('button', { name: /^🌹\s*2\s*by Juliet and You$/, pressed: true }).waitFor() // prettier-ignore
  const reacted = (emoji: string) => (stanza: { toString(): string; getChild(name: string): unknown }) =>
    stanza.getChild('reactions') !== undefined && stanza.toString().includes(emoji)
  await juliet.waitFor(reacted('🌹'))
  send('j4', '<body>sweet</body>')
  await bubble('sweet').waitFor()
  await choose('sweet', 'a')
  await page.getByRole('toolbar', { name: 'React' }).waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Enter')
  await bubble('sweet')
    .getByRole('button', { name: /^👍\s*by You$/ })
    .waitFor()
  await juliet.waitFor(reacted('👍'))
})

test('deleted for everyone, and here alone', async () => {
  await write('to the wrong one')
  await juliet.waitForMessage('to the wrong one')
  await choose('to the wrong one', 'Delete')
  await page.getByRole('button', { name: 'Delete for everyone' }).click()
  await bubble('You deleted this message').waitFor()
  await juliet.waitFor((stanza) => stanza.getChild('retract', 'urn:xmpp:message-retract:1') !== undefined)
  await choose('sweet', 'Delete')
  const dialog = page.getByRole('dialog', { name: 'Delete message?' })
  expect(await dialog.getByRole('button', { name: 'Delete for everyone' }).count()).toBe(0)
  await dialog.getByRole('button', { name: 'Delete here' }).click()
  await expect.poll(() => bubble('sweet').count()).toBe(0)
})

test('done without a connection, it goes out after it, in order', async () => {
  await write('before')
  await juliet.waitForMessage('before')
  await log().getByRole('img', { name: /Sent|Delivered/ }).last().waitFor() // prettier-ignore
  cable.unplug()
  cable.cut()
  await page.getByRole('button', { name: 'Your presence: Offline' }).waitFor()
  await choose('before', 'e')
  await write('after')
  await write('last')
  cable.plug()
  await untilOnline(page)
  await juliet.waitForMessage('last')
  expect(juliet.bodies().slice(-3)).toEqual(['before', 'after', 'last'])
})

test('in a small window all that is offered beside a message is in sight, and can be clicked', async () => {
  await linnet.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(760, 600))
  const more = log().getByRole('button', { name: 'More', exact: true })
  /** Whether the bar of a message stands between the sides of the list. */
  const isInSight = async (words: string): Promise<boolean> => {
    await bubble(words).getByText(words).hover()
    const [list, bar] = [await log().boundingBox(), await more.locator('..').boundingBox({ timeout: 2000 })]
    return list !== null && bar !== null && bar.x >= list.x && bar.x + bar.width <= list.x + list.width
  }
  await write(`mine ${'and so on '.repeat(12)}`)
  send('j9', `<body>hers ${'and so on '.repeat(12)}</body>`)
  for (const words of ['hers and', 'mine and']) {
    await expect.poll(() => isInSight(words), { timeout: 10_000 }).toBe(true)
    await more.click()
    await page.getByRole('menu', { name: 'Message actions' }).waitFor()
    await page.keyboard.press('Escape')
  }
})
