/** The setup screen in the real application, against a real server and its real faults. */
import type { Page } from 'playwright-core'
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { connect } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import { launchLinnet, removeProfile, type LaunchOptions, type Linnet } from '../helpers/app.ts'
import { freePorts } from '../helpers/free-ports.ts'
import { connectPeer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { connectTo, fillSetup, openSettings, pressSignIn, untilOnline, violationsOf } from './screens.ts'

const ROMEO = { name: 'romeo', password: 'But soft, what light' }

let server: Prosody
let linnet: Linnet | undefined

beforeAll(async () => {
  server = await startProsody()
  server.addUser('romeo', ROMEO.password)
  server.addUser('juliet', 'x')
  server.setRoster('romeo', [{ jid: `juliet@${server.domain}`, name: 'Juliet' }])
  server.setRoster('juliet', [{ jid: `romeo@${server.domain}` }])
})
afterAll(() => server.dispose())
afterEach(async () => {
  await linnet?.quit()
  if (linnet) removeProfile(linnet.profile)
  linnet = undefined
})

async function open(options: LaunchOptions = { server }): Promise<Page> {
  linnet = await launchLinnet(options)
  await linnet.page.locator('h1').waitFor()
  return linnet.page
}

function alertOf(page: Page): Promise<string> {
  return page.getByRole('alert').innerText({ timeout: 30_000 })
}

describe('signing in', () => {
  test('with the keyboard alone; the second client sees it', async () => {
    const juliet = await connectPeer(server, 'juliet', 'x')
    const page = await open()
    const type = (text: string) => page.keyboard.type(text)
    const tab = async (times = 1) => {
      for (let n = 0; n < times; n += 1) await page.keyboard.press('Tab')
    }
    await type(`romeo@${server.domain}`)
    await tab()
    await type(ROMEO.password)
    // Past "Show password" and "Remember password".
    await tab(3)
    await page.keyboard.press('Enter')
    // Past "Connection".
    await tab(2)
    await type('127.0.0.1')
    await tab()
    await type(String(server.tlsPort))
    await tab()
    await type('D')
    expect(await page.getByLabel('Security').inputValue()).toBe('direct-tls')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await untilOnline(page)
    await juliet.waitFor((stanza) => stanza.is('presence') && stanza.attrs['from'].startsWith('romeo@'))
    expect(await page.getByRole('option').count()).toBe(0)
    juliet.close()
  })

  test('the address is checked as it is typed, and a wrong password can be mended', async () => {
    const page = await open()
    await fillSetup(page, server, { ...ROMEO, password: 'wrong' })
    await page.getByText(`${server.domain} is reachable over TLS 1.3`).waitFor()
    await pressSignIn(page)
    expect(await alertOf(page)).toContain('Wrong address or password.')
    await page.locator('input[type=password]:focus').waitFor()
    await page.getByLabel('Password', { exact: true }).fill(ROMEO.password)
    await page.keyboard.press('Enter')
    await untilOnline(page)
  })
})

describe('over WebSocket', () => {
  test('chosen under Advanced: a wrong address is said at its field, then sign in and chat', async () => {
    const juliet = await connectPeer(server, 'juliet', 'x')
    const page = await open()
    await page.getByLabel('XMPP address').fill(`romeo@${server.domain}`)
    await page.getByLabel('Password', { exact: true }).fill(ROMEO.password)
    await page.getByRole('button', { name: 'Advanced' }).click()
    await page.getByLabel('Connection').selectOption('websocket')
    expect(await page.getByLabel('Host').count()).toBe(0)
    const url = page.getByLabel('WebSocket address')
    await url.fill(`ws://127.0.0.1:${server.httpsPort}/xmpp-websocket`)
    await pressSignIn(page)
    await page.getByText('A WebSocket address looks like wss://').waitFor()
    expect(await url.getAttribute('aria-invalid')).toBe('true')
    expect(await violationsOf(page)).toEqual([])
    await url.fill(`wss://127.0.0.1:${server.httpsPort}/xmpp-websocket`)
    await page.getByText(`${server.domain} is reachable by WebSocket over TLS 1.3`).waitFor()
    await pressSignIn(page)
    await untilOnline(page)
    await openSettings(page, 'Accounts')
    const details = page.getByRole('region', { name: 'romeo@chat.test' })
    await details.getByText('Connected by WebSocket over TLS 1.3, signed in with SCRAM-SHA-1').waitFor()
    await page.getByRole('button', { name: 'Close' }).click()

    await page.keyboard.press('Control+k')
    await page.keyboard.type('Juliet')
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Message Juliet' }).fill('Through the web')
    await page.keyboard.press('Enter')
    await juliet.waitForMessage('Through the web')
    juliet.say(`romeo@${server.domain}` as BareJid, 'I hear thee')
    await page.getByText('I hear thee').last().waitFor()
    juliet.close()
  })
})

describe('failures in words', () => {
  test('no such server, nobody listening, then success: one form for all', async () => {
    const page = await open()
    const [closed = 0] = await freePorts(1)
    await fillSetup(page, server, ROMEO)
    await page.getByLabel('XMPP address').fill('romeo@elsewhere.test')
    await connectTo(page, '127.0.0.1', server.port, 'starttls')
    await pressSignIn(page)
    expect(await alertOf(page)).toContain('There is no XMPP server at elsewhere.test.')

    await fillSetup(page, server, ROMEO)
    await connectTo(page, '127.0.0.1', closed, 'direct-tls')
    await page.getByText(`${server.domain} does not answer. You can try to sign in all the same.`).waitFor()
    await pressSignIn(page)
    await page.getByText(`${server.domain} does not accept connections.`).waitFor()

    await fillSetup(page, server, ROMEO)
    await pressSignIn(page)
    await untilOnline(page)
  })

  test('an untrusted certificate: which one, why, its fingerprint; nothing is sent', async () => {
    const page = await open({})
    await fillSetup(page, server, ROMEO)
    await pressSignIn(page)
    await page.getByRole('alert').getByText('Certificate and fingerprint').click({ timeout: 30_000 })
    const words = await alertOf(page)
    expect(words).toContain(`${server.domain} could not prove who it is.`)
    expect(words).toContain('comes from an issuer that this computer does not know')
    expect(words).toContain(await fingerprintOf(server))
    expect(words).toContain('UNABLE_TO_VERIFY_LEAF_SIGNATURE')
  })

  test('a server that says nothing: the step is shown, Cancel ends it at once', async () => {
    const silent = await listenSilently()
    const page = await open()
    await fillSetup(page, server, ROMEO)
    await connectTo(page, '127.0.0.1', silent.port, 'direct-tls')
    await pressSignIn(page)
    await page.getByText('Encrypting the connection…').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor({ timeout: 2000 })
    expect(await page.getByLabel('XMPP address').inputValue()).toBe(`romeo@${server.domain}`)
    silent.server.close()
  })
})

test('speaks Chinese on a Chinese system, and English when told so', async () => {
  const page = await open({ server, env: { LANGUAGE: 'zh_CN' }, args: ['--lang=zh-CN'] })
  await page.getByRole('heading', { name: '登录' }).waitFor()
  await page.getByLabel('XMPP 地址').fill('romeo')
  await page.getByText('XMPP 地址的格式类似').waitFor()
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByText('请输入密码。').waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN')
  await page.getByRole('button', { name: '语言' }).click()
  await page.getByRole('menuitemradio', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
})

test('says so where the keyring does not protect, and asks again at the next start', async () => {
  const args = ['--password-store=basic']
  const page = await open({ server, args })
  await page.getByText('This computer has no protected keyring.').waitFor()
  await fillSetup(page, server, ROMEO)
  await pressSignIn(page)
  await untilOnline(page)
  const { profile = '' } = linnet ?? {}
  await linnet?.quit()

  const again = await open({ server, args, profile })
  const words = 'Your password is not stored on this computer. Enter it to sign in.'
  const banners = again.getByRole('region', { name: 'What to know' })
  await banners.locator('.banner', { hasText: words }).waitFor()
  // It is read out as well, apart from the banner.
  await banners.locator('[aria-live=polite]', { hasText: words }).waitFor({ state: 'attached' })
  await again.getByRole('button', { name: 'Enter password' }).click()
  await again.getByLabel('Password', { exact: true }).fill(ROMEO.password)
  await again.keyboard.press('Enter')
  await untilOnline(again)
})

test('no barrier that axe finds, in light and dark, idle, opened and failed', async () => {
  const page = await open()
  for (const theme of ['Light', 'Dark']) {
    await page.getByRole('button', { name: 'Theme' }).click()
    await page.getByRole('menuitemradio', { name: theme }).click()
    await page.locator(`:root[data-theme=${theme.toLowerCase()}]`).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await fillSetup(page, server, { ...ROMEO, password: 'wrong' })
    await pressSignIn(page)
    await alertOf(page)
    expect(await violationsOf(page)).toEqual([])
  }
})

/** As the server shows it, in Node's and Linnet's spelling. */
function fingerprintOf({ tlsPort, caFile, domain }: Prosody): Promise<string> {
  const ca = readFileSync(caFile)
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: tlsPort, servername: domain, ca }, () => {
      resolve(new X509Certificate(socket.getPeerCertificate().raw).fingerprint256)
      socket.destroy()
    })
    socket.on('error', reject)
  })
}

async function listenSilently(): Promise<{ server: Server; port: number }> {
  const silent = createServer((socket) => socket.on('error', () => undefined))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const address = silent.address()
  return { server: silent, port: typeof address === 'object' && address ? address.port : 0 }
}
