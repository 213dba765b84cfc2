/**
 * A server, and people behind it, that lie: each attack against the whole running application, in its real window. The
 * server signs Romeo in honestly and then says what the test scripts.
 */
import type { Page } from 'playwright-core'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, afterAll, describe, expect, test } from 'vitest'
import { launchLinnet, newProfile, removeProfile, type Linnet } from '../helpers/app.ts'
import {
  certificatesFor,
  DOMAIN,
  PASSWORD,
  startScripted,
  type Client,
  type ScriptedServer,
} from '../helpers/scripted-server.ts'

const HTML = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>'
const ESCAPED = HTML.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

let certificates: ReturnType<typeof certificatesFor>
let server: ScriptedServer | undefined
let linnet: Linnet | undefined
let profile = ''

beforeAll(() => {
  certificates = certificatesFor(DOMAIN)
})
afterAll(() => certificates.dispose())
afterEach(async () => {
  await linnet?.kill()
  await server?.close()
  removeProfile(profile)
})

/** Answers the roster request with these items (`between` comes first), then tells that the stage is set. */
async function rosterOf(
  client: Client,
  items: string,
  between: (id: string) => string = () => '',
): Promise<void> {
  const id =
    (await client.expect(/<iq[^>]* id=['"]([^'"]+)['"][^>]*><query xmlns=['"]jabber:iq:roster['"]/))[1] ?? ''
  client.send(between(id))
  client.send(`<iq type='result' id='${id}'><query xmlns='jabber:iq:roster'>${items}</query></iq>`)
}

/** Starts the application on a server that signs Romeo in and goes on with `then`; resolves with its window. */
async function start(then: (client: Client, connection: number) => Promise<void>): Promise<Page> {
  server = await startScripted(
    async (client, connection) => {
      await client.signIn()
      await then(client, connection)
    },
    { certificates, secure: true },
  )
  profile = newProfile()
  const file = join(profile, 'accounts.json')
  const account = { address: `romeo@${DOMAIN}`, password: PASSWORD, host: '127.0.0.1', port: server.port, security: 'direct-tls' } // prettier-ignore
  writeFileSync(file, JSON.stringify({ accounts: [{ ...account, remember: false }] }))
  linnet = await launchLinnet({ profile, server: certificates, args: ['--provision', file] })
  await linnet.page.getByRole('heading', { name: 'Chats' }).waitFor()
  return linnet.page
}

const JULIET = `<item jid='juliet@${DOMAIN}' name='Juliet' subscription='both'/>`
const chat = (from: string, body: string, extra = ''): string =>
  `<message type='chat' from='${from}' to='romeo@${DOMAIN}' id='m${Math.abs(hash(body))}'${extra}><body>${body}</body></message>`
const hash = (text: string): number =>
  [...text].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) | 0, 7)

const contacts = async (page: Page) => {
  await page.getByRole('button', { name: 'Contacts' }).click()
  return page.getByRole('region', { name: 'Contacts' })
}
const isUnharmed = (page: Page): Promise<boolean> =>
  page.evaluate(() => !('pwned' in window) && document.querySelector('main img, script:not([src])') === null)

describe('who may say what', () => {
  test('S3: a roster push from anybody but our own account changes nothing', async () => {
    const push = (from: string, jid: string): string =>
      `<iq type='set' id='p-${jid}'${from}><query xmlns='jabber:iq:roster'><item jid='${jid}' name='${jid}' subscription='both'/></query></iq>`
    const page = await start(async (client) => {
      await rosterOf(client, JULIET)
      client.send(push(" from='mallory@evil.example'", 'mallory@evil.example'))
      client.send(push(` from='${DOMAIN}'`, `server@${DOMAIN}`))
      client.send(push(` from='romeo@${DOMAIN}/other'`, `other@${DOMAIN}`))
      client.send(push('', `benvolio@${DOMAIN}`))
    })
    const list = await contacts(page)
    await list.getByText(`benvolio@${DOMAIN}`).first().waitFor()
    expect(await list.getByText('mallory').count()).toBe(0)
    expect(await list.getByText(`server@${DOMAIN}`).count()).toBe(0)
    expect(await list.getByText(`other@${DOMAIN}`).count()).toBe(0)
  })

  test('S4: an answer with the right id from the wrong address completes nothing', async () => {
    const forged = `<item jid='mallory@evil.example' name='Forged' subscription='both'/>`
    const page = await start((client) =>
      rosterOf(client, JULIET, (id) => {
        const answer = (from: string): string =>
          `<iq type='result' id='${id}' from='${from}'><query xmlns='jabber:iq:roster'>${forged}</query></iq>`
        return answer('mallory@evil.example/x') + answer(`romeo@${DOMAIN}/other`) + answer(`juliet@${DOMAIN}`)
      }),
    )
    const list = await contacts(page)
    await list.getByText('Juliet').first().waitFor()
    expect(await list.getByText('Forged').count()).toBe(0)
  })

  test('a groupchat message from a stranger opens no conversation', async () => {
    const page = await start(async (client) => {
      await rosterOf(client, JULIET)
      client.send(`<message type='groupchat' from='room@evil.example/x' id='g'><body>spam</body></message>`)
      client.send(chat(`juliet@${DOMAIN}/a`, 'after it'))
    })
    await page.getByText('after it').first().waitFor()
    expect(await page.getByText('spam').count()).toBe(0)
  })
})

describe('S9: hostile text is text in every field', () => {
  test('names, groups, status, body, request', async () => {
    const page = await start(async (client) => {
      const item = `<item jid='juliet@${DOMAIN}' name='${ESCAPED}' subscription='both'><group>${ESCAPED}</group></item>`
      await rosterOf(client, item)
      client.send(`<presence from='juliet@${DOMAIN}/${ESCAPED}'><status>${ESCAPED}</status></presence>`)
      client.send(chat(`juliet@${DOMAIN}/a`, ESCAPED))
      client.send(
        `<presence type='subscribe' from='paris@${DOMAIN}'><status>${ESCAPED}</status><nick xmlns='http://jabber.org/protocol/nick'>${ESCAPED}</nick></presence>`,
      )
    })
    await page.getByRole('option', { name: HTML }).first().click()
    await page.getByRole('log').getByText(HTML).first().waitFor()
    await page.getByRole('button', { name: 'Answer…' }).click()
    await page.getByRole('dialog').getByText(HTML).first().waitFor()
    await page.keyboard.press('Escape')
    await (await contacts(page)).getByText(HTML).first().waitFor()
    expect(await isUnharmed(page)).toBe(true)
  })
})

describe('S9: hostile text outside of chats', () => {
  test('single messages, announcements, errors', async () => {
    const page = await start(async (client) => {
      await rosterOf(client, JULIET)
      const body = `<subject>${ESCAPED}</subject><body>${ESCAPED}</body>`
      const text = `<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>${ESCAPED}</text>`
      const gone = `<error type='cancel'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>${ESCAPED}</gone>${text}</error>`
      client.send(`<message from='juliet@${DOMAIN}/a' id='s1'>${body}</message>`)
      client.send(`<message type='headline' from='${DOMAIN}' id='h1'>${body}</message>`)
      client.send(`<message type='error' from='paris@${DOMAIN}' id='e1'>${gone}</message>`)
    })
    const navigation = page.getByRole('navigation')
    const main = page.getByRole('main')
    await navigation.getByRole('button', { name: /^Inbox/ }).click()
    await page.getByRole('option', { name: HTML }).first().click()
    await main.getByText(HTML).first().waitFor()
    await navigation.getByRole('button', { name: /^Notices/ }).click()
    const items = page.getByRole('option')
    await expect.poll(() => items.count()).toBe(2)
    for (const index of [0, 1]) {
      await items.nth(index).click()
      await main.getByText(HTML).first().waitFor()
    }
    expect(await isUnharmed(page)).toBe(true)
  })
})

describe('S10: links', () => {
  const REFUSED = [
    'javascript:alert(1)',
    'file:///etc/passwd',
    'smb://evil.example/share',
    'data:text/html,<script>alert(1)</script>',
    'ms-msdt:/id',
    'vbscript:x',
    'aesgcm://x.example/y',
  ]

  test('only allowed schemes become links, and the main process refuses the rest', async () => {
    const page = await start(async (client) => {
      await rosterOf(client, JULIET)
      const body = [...REFUSED, 'https://good.example/'].join(' ').replaceAll('<', '&lt;')
      client.send(chat(`juliet@${DOMAIN}/a`, body))
    })
    await page.getByRole('option', { name: /Juliet/ }).click()
    const links = page.getByRole('log').getByRole('link')
    await links.first().waitFor()
    expect(await links.allTextContents()).toEqual(['https://good.example/'])

    const opened = await linnet?.app.evaluateHandle(({ shell }) => {
      const urls: string[] = []
      shell.openExternal = (url: string): Promise<void> => Promise.resolve(void urls.push(url))
      return urls
    })
    const codes = await page.evaluate(
      (urls) =>
        Promise.all(urls.map((url) => window.bridge.invoke('link.open', { url }).then((reply) => reply.ok))),
      REFUSED,
    )
    expect(codes).toEqual(REFUSED.map(() => false))
    await links.first().click()
    await expect.poll(() => opened?.jsonValue()).toEqual(['https://good.example/'])
  })
})

describe('S17: XML that is an attack', () => {
  test.each([
    [
      'an entity bomb',
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><message><body>&b;</body></message>',
    ],
    ['an unknown entity', `<message from='juliet@${DOMAIN}'><body>&nope;</body></message>`],
    ['a forbidden character', `<message from='juliet@${DOMAIN}'><body>&#0;</body></message>`],
    ['bytes that are no UTF-8', Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe, 0x3c, 0x2f, 0x61, 0x3e])],
    ['200,000 nested elements', '<a>'.repeat(200_000)],
    ['an attribute of 20 MB', `<message id='${'x'.repeat(20_000_000)}'/>`],
    ['a stanza without end', `<message><body>${'x'.repeat(30_000_000)}`],
    ['a processing instruction', '<?php echo 1 ?><message/>'],
    ['a comment', '<!-- hello --><message/>'],
  ])('%s ends the stream, not the application', async (_name, attack) => {
    const page = await start(async (client, connection) => {
      await rosterOf(client, JULIET)
      if (connection === 1) client.send(attack)
      else client.send(chat(`juliet@${DOMAIN}/a`, 'still here'))
    })
    await page.getByText('still here').first().waitFor({ timeout: 30_000 })
    expect(server?.connections).toBeGreaterThan(1)
    expect(await isUnharmed(page)).toBe(true)
  })

  test('stamps, priorities and types out of all bounds are borne on one stream', async () => {
    const page = await start(async (client) => {
      await rosterOf(client, JULIET)
      const from = `juliet@${DOMAIN}/a`
      for (const stamp of ['0000-00-00T00:00:00Z', '99999-01-01T00:00:00Z', 'yesterday', '']) {
        const delay = `<delay xmlns='urn:xmpp:delay' from='${DOMAIN}' stamp='${stamp}'/>`
        client.send(
          `<message type='chat' from='${from}' id='d${stamp}'><body>at ${stamp || 'no time'}</body>${delay}</message>`,
        )
      }
      client.send(`<presence from='${from}'><priority>99999999999</priority><show>nowhere</show></presence>`)
      client.send(
        `<message type='nonsense' from='@@@' id=''><body>x</body></message><iq type='odd'/><unknown/>`,
      )
      client.send(
        `<message from='${from}' type='chat'>${'<x xmlns="y"/>'.repeat(10_000)}<body>many children</body></message>`,
      )
    })
    await page.getByRole('option', { name: /Juliet/ }).click()
    await page.getByRole('log').getByText('many children').waitFor()
    await page.getByRole('log').getByText('at 99999-01-01T00:00:00Z').waitFor()
    expect(server?.connections).toBe(1)
  })
})
