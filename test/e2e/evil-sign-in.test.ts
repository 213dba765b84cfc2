/**
 * Attacks on signing in, against the whole running application: somebody between it and the server, or in the server's
 * place, wants the password or a session in the clear. What the user is told, and what went over the wire.
 */
import type { Page } from 'playwright-core'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchLinnet, newProfile, removeProfile, type Linnet } from '../helpers/app.ts'
import {
  BIND,
  certificatesFor,
  DOMAIN,
  mechanisms,
  PASSWORD,
  SASL,
  scram,
  startScripted,
  STARTTLS,
  type Script,
  type ScriptedServer,
} from '../helpers/scripted-server.ts'
import { connectTo, pressSignIn } from './screens.ts'

type Certificates = ReturnType<typeof certificatesFor>

const START_TLS = `${STARTTLS}${mechanisms('PLAIN', 'SCRAM-SHA-1')}`
const PROCEED = "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
/** What no listener in the clear may ever hear: who signs in, how, or the password in any form. */
const TELLING = /<auth|<authenticate|romeo|pencil|bind/

let right: Certificates
let otherName: Certificates
let untrusted: Certificates
let linnet: Linnet
let page: Page
let server: ScriptedServer | undefined
let said: string[] = []

beforeAll(async () => {
  right = certificatesFor(DOMAIN)
  otherName = certificatesFor('elsewhere.test')
  untrusted = certificatesFor(DOMAIN)
  const profile = newProfile()
  const caFile = join(profile, 'authorities.crt')
  writeFileSync(caFile, right.ca + otherName.ca)
  linnet = await launchLinnet({ profile, server: { caFile } })
  page = linnet.page
  await page.getByLabel('XMPP address').waitFor()
})
afterAll(async () => {
  await linnet.quit()
  removeProfile(linnet.profile)
  for (const each of [right, otherName, untrusted]) each.dispose()
})
afterEach(() => server?.close())

/** Signs in from the setup screen to a server that follows the script; resolves with what the user is told. */
async function told(script: Script, security: 'direct-tls' | 'starttls', as = right): Promise<string> {
  said = []
  let began = 0
  server = await startScripted(
    async (client, connection) => {
      began += 1
      void client.closed.then(() => said.push(client.said))
      await script(client, connection)
    },
    { certificates: as, secure: security === 'direct-tls' },
  )
  // A fresh screen, without what was said of the last attempt.
  await page.reload()
  await page.getByLabel('XMPP address').fill(`romeo@${DOMAIN}`)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await connectTo(page, '127.0.0.1', server.port, security)
  await pressSignIn(page)
  const words = await page.getByRole('alert').innerText({ timeout: 30_000 })
  // Whoever listens has heard all there is to hear; without a handshake that is nothing.
  await expect.poll(() => said.length, { timeout: 10_000 }).toBe(began)
  expect(server.connections).toBeGreaterThan(0)
  return words
}

describe('S12: encryption is taken away or faked', () => {
  test.each([
    ['SASL', mechanisms('PLAIN', 'SCRAM-SHA-1')],
    ['SASL2', "<authentication xmlns='urn:xmpp:sasl:2'><mechanism>PLAIN</mechanism></authentication>"],
    ['a session', BIND],
  ])('a server that offers %s in the clear is told nothing', async (_name, features) => {
    const words = await told((client) => client.greet(features), 'starttls')
    expect(words).toContain(`${DOMAIN} offers no encryption.`)
    expect(said.join()).not.toMatch(TELLING)
  })

  test('what was slipped in behind <proceed/> is not taken for the server’s', async () => {
    const words = await told(async (client) => {
      await client.greet(START_TLS)
      await client.expect(/<starttls[^>]*>/)
      client.send(`${PROCEED}<success xmlns='${SASL}'/>`)
    }, 'starttls')
    expect(words).toContain(`${DOMAIN} said something that Linnet does not understand.`)
    expect(said.join()).not.toMatch(TELLING)
  })

  test.each(['direct-tls', 'starttls'] as const)(
    'a valid certificate of another domain is refused (%s)',
    async (security) => {
      const script: Script = (client) => (security === 'direct-tls' ? client.signIn() : client.startTls())
      const words = await told(script, security, otherName)
      expect(words).toContain(`${DOMAIN} could not prove who it is.`)
      expect(words).toContain('Its certificate is for another name.')
      expect(said.join()).not.toMatch(TELLING)
    },
  )

  test('so is one that nobody trusted has signed', async () => {
    const words = await told((client) => client.signIn(), 'direct-tls', untrusted)
    expect(words).toContain('from an issuer that this computer does not know')
    expect(said.join()).not.toMatch(TELLING)
  })

  test('a server that sends elsewhere before encryption is not followed', async () => {
    let visits = 0
    const lure = await startScripted(() => Promise.resolve(void (visits += 1)))
    const words = await told(async (client) => {
      await client.expect(/<stream:stream[^>]*>/)
      client.send(
        "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>" +
          `<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>127.0.0.1:${lure.port}</see-other-host></stream:error>`,
      )
    }, 'starttls')
    await lure.close()
    expect(words).not.toBe('')
    expect(visits).toBe(0)
    expect(said.join()).not.toMatch(TELLING)
  })
})

describe('S13: the sign-in is weakened', () => {
  const unproven = `${DOMAIN} could not prove that it knows your password.`

  test('a server that does not know the password is not believed', async () => {
    const forged = (): string =>
      `<success xmlns='${SASL}'>${Buffer.from('v=AAAAAAAAAAAAAAAAAAAAAAAAAAA=').toString('base64')}</success>`
    expect(await told((client) => client.signIn({ success: forged }), 'direct-tls')).toContain(unproven)
  })

  test('nor one that leaves its proof out', async () => {
    const bare = (): string => `<success xmlns='${SASL}'/>`
    expect(await told((client) => client.signIn({ success: bare }), 'direct-tls')).toContain(unproven)
  })

  test.each([
    ['one round of hashing', (nonce: string) => `r=${nonce}x,s=c2FsdA==,i=1`],
    ['more rounds than can be done', (nonce: string) => `r=${nonce}x,s=c2FsdA==,i=2000000000`],
    ['another nonce', () => 'r=another,s=c2FsdA==,i=4096'],
  ])('a challenge with %s gets no answer made from the password', async (_name, challenge) => {
    const words = await told(async (client) => {
      await client.greet(mechanisms('SCRAM-SHA-1'))
      await scram(client, { challenge })
    }, 'direct-tls')
    expect(words).not.toContain('Wrong address or password.')
    expect(said.join()).toContain('<auth')
    expect(said.join()).not.toMatch(/<response[^>]*>[^<]/)
  })
})

describe('S13: a server that was stronger once', () => {
  test('can’t ask for the password itself at the next connection', async () => {
    let offered = false
    const script: Script = async (client, connection) => {
      if (connection === 1) return client.signIn()
      await client.greet(mechanisms('PLAIN'))
      offered = true
      await client.closed
    }
    const heard: string[] = []
    const honest = await startScripted(
      async (client, connection) => {
        void client.closed.then(() => heard.push(client.said))
        await script(client, connection)
        if (connection > 1) return
        const id = (await client.expect(/<iq[^>]* id=['"]([^'"]+)['"][^>]*><query xmlns=['"]jabber:iq:roster/))[1] ?? '' // prettier-ignore
        client.send(`<iq type='result' id='${id}'><query xmlns='jabber:iq:roster'/></iq>`)
        await client.expect(/<presence/)
        client.destroy()
      },
      { certificates: right, secure: true },
    )
    const profile = newProfile()
    const file = join(profile, 'accounts.json')
    const account = { address: `romeo@${DOMAIN}`, password: PASSWORD, host: '127.0.0.1', port: honest.port, security: 'direct-tls' } // prettier-ignore
    writeFileSync(file, JSON.stringify({ accounts: [{ ...account, remember: false }] }))
    const second = await launchLinnet({ profile, server: right, args: ['--provision', file] })
    await second.page.getByText(`Linnet and ${DOMAIN} know no safe way to sign in together.`).first().waitFor({ timeout: 30_000 }) // prettier-ignore
    expect(offered).toBe(true)
    await second.quit()
    await honest.close()
    removeProfile(profile)
    const later = heard.slice(1).join()
    expect(later).not.toContain('<auth')
    expect(later).not.toContain(Buffer.from(`\0romeo\0${PASSWORD}`).toString('base64'))
  })
})
