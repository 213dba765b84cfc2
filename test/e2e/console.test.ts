/** The XML console in the real application: a real server's stream on the screen, one stanza by hand, and no secret anywhere. */
import element from '@xmpp/xml'
import type { Page } from 'playwright-core'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeProfile, type Linnet } from '../helpers/app.ts'
import { parseDocument } from '../helpers/document.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { chooseTheme, launchSignedIn, openSettings, violationsOf } from './screens.ts'

const PASSWORD = 'But soft, what light'
const ROOM_PASSWORD = 'hunter2-swordfish'

let server: Prosody
let linnet: Linnet
let juliet: Peer
let tybalt: Peer
let page: Page

beforeAll(async () => {
  server = await startProsody()
  for (const name of ['romeo', 'juliet', 'tybalt']) server.addUser(name, PASSWORD)
  const address = (name: string): string => `${name}@${server.domain}`
  server.setRoster('romeo', [{ jid: address('juliet'), name: 'Juliet Capulet' }])
  server.setRoster('juliet', [{ jid: address('romeo') }])
  linnet = await launchSignedIn(server, { name: 'romeo', password: PASSWORD })
  juliet = await connectPeer(server, 'juliet', PASSWORD)
  tybalt = await connectPeer(server, 'tybalt', PASSWORD)
})
afterAll(async () => {
  await linnet.quit()
  juliet.close()
  tybalt.close()
  await server.dispose()
  removeProfile(linnet.profile)
})

const romeo = (): string => `romeo@${server.domain}`
const stanzas = () => page.getByRole('article')
const stanza = (name: string | RegExp) => page.getByRole('article', { name })
const write = (text: string) => page.getByLabel('Write a stanza', { exact: true }).last().fill(text)
const send = () => page.getByRole('button', { name: 'Send stanza' })

/** Romeo's full address, from the presence that Juliet sees. */
async function fullAddress(): Promise<string> {
  const seen = await juliet.waitFor(
    (each) => each.is('presence') && String(each.attrs['from']).startsWith(`${romeo()}/`),
  )
  return String(seen.attrs['from'])
}

describe('S19: questions of others', () => {
  const ASK = {
    version: element('query', { xmlns: 'jabber:iq:version' }),
    time: element('time', { xmlns: 'urn:xmpp:time' }),
    last: element('query', { xmlns: 'jabber:iq:last' }),
    info: element('query', { xmlns: 'http://jabber.org/protocol/disco#info' }),
    ping: element('ping', { xmlns: 'urn:xmpp:ping' }),
  }

  test('a contact is answered', async () => {
    const to = await fullAddress()
    const version = await juliet.request('get', ASK.version, to)
    expect(version.getChild('query')?.getChildText('name')).toBe('Linnet')
    expect(version.getChild('query')?.getChild('os')).toBeUndefined()
    const time = await juliet.request('get', ASK.time, to)
    expect(time.getChild('time')?.getChildText('tzo')).toMatch(/^[+-]\d\d:\d\d$/)
    const last = await juliet.request('get', ASK.last, to)
    expect(last.getChild('query')?.attrs['seconds']).toMatch(/^\d+$/)
  })

  test('a stranger cannot tell Linnet from a resource that is not there', async () => {
    const to = await fullAddress()
    for (const question of Object.values(ASK)) {
      const here = await tybalt.request('get', question, to)
      const nowhere = await tybalt.request('get', question, `${romeo()}/nobody`)
      expect(here.attrs['type']).toBe('error')
      const errorOf = (answer: typeof here): string => String(answer.getChild('error'))
      expect(errorOf(here)).toBe(errorOf(nowhere))
    }
  })

  test('the switches under Privacy decide at once', async () => {
    const to = await fullAddress()
    const main = linnet.page
    await openSettings(main, 'Privacy')
    await main.getByRole('switch', { name: 'Tell contacts my local time' }).click()
    await main.getByRole('switch', { name: 'Tell contacts my operating system' }).click()
    await main.getByRole('button', { name: 'Close' }).click()
    await expect.poll(async () => (await juliet.request('get', ASK.time, to)).attrs['type']).toBe('error')
    const version = await juliet.request('get', ASK.version, to)
    expect(version.getChild('query')?.getChildText('os')).toBeTruthy()
    const info = await juliet.request('get', ASK.info, to)
    const features = info
      .getChild('query')
      ?.getChildren('feature')
      .map(({ attrs }) => attrs['var'] as unknown)
    expect(features).toContain('jabber:iq:last')
    expect(features).not.toContain('urn:xmpp:time')
  })
})

describe('the console', () => {
  test('opens from the settings and shows what goes by', async () => {
    const opening = linnet.nextWindow()
    await openSettings(linnet.page, 'Advanced')
    await linnet.page.getByRole('button', { name: 'XML console…' }).click()
    page = await opening
    await page.getByText('Nothing has gone by yet').waitFor()
    expect(await violationsOf(page)).toEqual([])
    juliet.say(romeo(), 'hello <b>&amp;</b>')
    await stanza(/^Received, Message, chat, body, juliet@/).waitFor()
    const text = await stanza(/^Received, Message/)
      .first()
      .innerText()
    expect(text).toContain('<body>hello &lt;b&gt;&amp;amp;&lt;/b&gt;</body>')
    expect(await page.title()).toBe(`XML Console – ${romeo()}`)
  })

  test('a stanza folds, and so do its parts', async () => {
    const message = stanza(/^Received, Message/).first()
    const button = message.getByRole('button', { name: /chat/ })
    await button.click()
    await expect.poll(() => message.innerText()).not.toContain('hello')
    await message.press('ArrowRight')
    await expect.poll(() => message.innerText()).toContain('hello')
    juliet.send(`<message to='${romeo()}'><a xmlns='urn:x'><b><c/></b></a></message>`)
    const nested = stanza(/^Received, Message, a, juliet@|^Received, Message.*, a/)
    await nested
      .getByText('<c/>')
      .or(nested.getByText('c', { exact: true }))
      .first()
      .waitFor()
    await nested.getByRole('button', { name: 'Content of b' }).click()
    await expect.poll(() => nested.innerText()).toContain('<b>…</b>')
  })

  test('filters by kind, direction, address and text', async () => {
    const shown = async (): Promise<string> => (await page.getByRole('status').first().innerText()).trim()
    await page.getByRole('button', { name: 'Message', exact: true }).click()
    await expect.poll(() => stanza(/^Received, Message/).count()).toBe(0)
    await page.getByRole('button', { name: 'Message', exact: true }).click()
    await stanza(/^Received, Message/)
      .first()
      .waitFor()
    await page.getByLabel('Direction').selectOption('Sent')
    await expect.poll(() => stanza(/^Received/).count()).toBe(0)
    await page.getByLabel('Direction').selectOption('Both directions')
    await page.getByRole('searchbox', { name: 'Address' }).fill('JULIET@')
    await page.getByRole('searchbox', { name: 'Text in the stanza' }).fill('hello')
    await expect.poll(shown).toMatch(/^1 of \d+/)
    await page.getByRole('searchbox', { name: 'Text in the stanza' }).fill('no such thing')
    await page.getByText('No stanza fits the filter').waitFor()
    await page.getByRole('searchbox', { name: 'Text in the stanza' }).fill('')
    await page.getByRole('searchbox', { name: 'Address' }).fill('')
    await stanza(/^Received, Message/)
      .first()
      .waitFor()
  })

  test('pauses, says how many wait, and goes on', async () => {
    await page.getByRole('button', { name: 'Pause' }).click()
    const before = await stanzas().count()
    juliet.send(`<message to='${romeo()}' id='held'><body>while paused</body></message>`)
    await page.getByText(/Paused, [1-9]\d* waiting/).waitFor()
    expect(await page.getByText('while paused').count()).toBe(0)
    expect(await stanzas().count()).toBe(before)
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('while paused').first().waitFor()
  })

  test('a ping is sent from a template, and its answer is marked', async () => {
    await page.getByLabel('Start from a template…').selectOption('Ping')
    await send().click()
    const answer = stanza(new RegExp(`^Received, IQ, result, ${server.domain}`))
    await answer.getByText('Answer', { exact: true }).waitFor()
    await stanza(/^Sent, IQ, get, ping/)
      .first()
      .waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  test('what is not well-formed is refused, with the place', async () => {
    await write('<message>\n  <body>a & b</body>\n</message>')
    await page.getByText('Line 2, column 11: A & begins a reference.').waitFor()
    expect(await send().isDisabled()).toBe(true)
    await write(`<message from='juliet@${server.domain}'/>`)
    await page.getByText('You can only send from').waitFor()
    await write('<presence/><presence/>')
    await page.getByText('Only one stanza is sent at a time.').waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  test('what can’t be taken back is asked about, and not sent without a yes', async () => {
    const remove = `<iq type='set' id='away'><query xmlns='jabber:iq:register'><remove/></query></iq>`
    await write(remove)
    await send().click()
    const dialog = page.getByRole('dialog', { name: 'Send this stanza?' })
    await dialog.getByText('It deletes your account on the server').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    // The answer to a later stanza says that nothing was sent before it.
    await page.getByLabel('Start from a template…').selectOption('Contact list')
    await send().click()
    await stanza(/^Received, IQ, result, query/)
      .getByText('Answer', { exact: true })
      .waitFor()
    await expect.poll(() => page.getByText('"away"').count()).toBe(0)
  })

  test('secrets are neither on the screen nor in the saved file', async () => {
    await write(
      `<presence to='room@muc.${server.domain}/me' id='join'><x xmlns='http://jabber.org/protocol/muc'><password>${ROOM_PASSWORD}</password></x></presence>`,
    )
    await send().click()
    await stanza(/^Sent, Presence, x/)
      .getByText('•••')
      .waitFor()
    const file = join(linnet.profile, 'saved.xml')
    await linnet.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, file)
    await page.getByRole('button', { name: 'Save to a file…' }).click()
    await expect.poll(() => readdirSync(linnet.profile)).toContain('saved.xml')
    const saved = readFileSync(file, 'utf8')
    expect(parseDocument(saved).length).toBeGreaterThan(5)
    expect(saved).toContain('hello &lt;b&gt;')
    for (const secret of [ROOM_PASSWORD, PASSWORD]) {
      expect(saved).not.toContain(secret)
      expect(await page.content()).not.toContain(secret)
    }
    expect(await page.getByRole('log').innerText()).not.toContain(ROOM_PASSWORD)
  })

  test('thousands of stanzas stay usable, and the end is followed', async () => {
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByText('Nothing has gone by yet').waitFor()
    const full = await fullAddress()
    for (let n = 1; n <= 3000; n++)
      juliet.send(`<message to='${full}' type='headline' id='h${n}'><x xmlns='urn:n'/></message>`)
    juliet.say(full, 'the last of them')
    await page.getByText('the last of them').waitFor({ timeout: 30_000 })
    expect(await stanzas().count()).toBeLessThan(100)
    await expect.poll(async () => page.getByRole('status').first().innerText()).toMatch(/of 3,\d{3}/)
    await page.getByRole('log').focus()
    await page.keyboard.press('Home')
    await expect.poll(() => page.getByText('"h1"').count()).toBe(1)
    await page.keyboard.press('End')
    await page.getByText('the last of them').waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  test('light and dark', async () => {
    for (const theme of ['light', 'dark'] as const) {
      await linnet.page.keyboard.press('Escape')
      await chooseTheme(linnet.page, theme)
      await page.locator(`:root[data-theme=${theme}]`).waitFor()
      expect(await violationsOf(page)).toEqual([])
    }
  })

  test('closing it forgets everything, and asked for while it goes it comes anew; nothing was stored', async () => {
    const opening = linnet.nextWindow()
    // As its menu entry and Ctrl+Shift+X do, before anybody else hears of its end.
    await linnet.app.evaluate(({ BrowserWindow, Menu }) => {
      const entries = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? []
      const entry = entries.find(({ accelerator }) => accelerator === 'CommandOrControl+Shift+X')
      const [open] = BrowserWindow.getAllWindows().filter(({ webContents }) =>
        /console/.test(webContents.getURL()),
      )
      open?.prependOnceListener('closed', () => entry?.click())
      open?.close()
    })
    page = await opening
    await page.getByText('Nothing has gone by yet').waitFor()
    const files = readdirSync(linnet.profile, { recursive: true, encoding: 'utf8' })
      .map((name) => join(linnet.profile, name))
      .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() && !path.endsWith('saved.xml'))
    expect(files.length).toBeGreaterThan(5)
    for (const path of files) {
      const bytes = readFileSync(path)
      expect(bytes.includes(ROOM_PASSWORD), path).toBe(false)
      // Nothing but the console ever heard of it.
      expect(bytes.includes(`room@muc.${server.domain}`), path).toBe(false)
    }
  })
})
