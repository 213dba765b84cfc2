/** Point 4 of what @xmpp/client 0.14 lacks: only SCRAM-SHA-1 and PLAIN, no channel binding; ours beside it. */
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { connectOurs, createLibrary, problemOf, within } from './fixtures.ts'
import {
  certificatesFor,
  DOMAIN,
  mechanisms,
  startScripted,
  type ScriptedServer,
} from '../../helpers/scripted-server.ts'

const certificates = certificatesFor(DOMAIN)
const servers: ScriptedServer[] = []
afterAll(() => certificates.dispose())
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

const EXPORTER =
  "<sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'><channel-binding type='tls-exporter'/></sasl-channel-binding>"

/** What is chosen of an offer, and the start of the initial response; the server refuses after it. */
async function chosenOf(features: string): Promise<{ mechanism: string; initial: string }> {
  let chosen = { mechanism: '', initial: '' }
  const server = await startScripted(
    async (client) => {
      await client.startTls()
      await client.greet(features)
      const [, mechanism = '', data = ''] = await client.expect(
        /<auth [^>]*mechanism=['"]([^'"]+)['"][^>]*>([^<]*)</,
      )
      chosen = { mechanism, initial: Buffer.from(data, 'base64').toString() }
      client.send("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><not-authorized/></failure>")
    },
    { certificates },
  )
  servers.push(server)
  expect((await problemOf(connectOurs(server.port, { ca: certificates.ca }))).code).toBe('credentials')
  return chosen
}

describe('4: mechanisms newer than SCRAM-SHA-1', () => {
  test('the library knows no way to sign in where only SCRAM-SHA-256 and -512 are', async () => {
    const server = await startScripted((client) => client.greet(mechanisms('SCRAM-SHA-256', 'SCRAM-SHA-512')))
    servers.push(server)
    const entity = createLibrary(server.port)
    const outcome = await within(entity.start(), 2000)
    expect(outcome === 'pending' || outcome instanceof Error).toBe(true)
    expect(
      entity.errors
        .concat(outcome instanceof Error ? outcome : [])
        .map(String)
        .join(),
    ).toMatch(/mechanism/i)
    await within(entity.stop(), 100)
  })

  test.each([
    [['PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-256'], 'SCRAM-SHA-256'],
    [['SCRAM-SHA-512', 'SCRAM-SHA-256'], 'SCRAM-SHA-512'],
    [['PLAIN', 'SCRAM-SHA-1'], 'SCRAM-SHA-1'],
    [['PLAIN'], 'PLAIN'],
  ])('ours takes the strongest of %j', async (offered, mechanism) => {
    expect((await chosenOf(mechanisms(...offered))).mechanism).toBe(mechanism)
  })

  test.each(['SCRAM-SHA-1-PLUS', 'SCRAM-SHA-256-PLUS', 'SCRAM-SHA-512-PLUS'])(
    'ours binds %s to the TLS channel, by tls-exporter',
    async (plus) => {
      const chosen = await chosenOf(mechanisms('SCRAM-SHA-512', plus) + EXPORTER)
      expect(chosen.mechanism).toBe(plus)
      expect(chosen.initial).toMatch(/^p=tls-exporter,,n=romeo,r=/)
    },
  )

  test('where no -PLUS is offered, ours says that it could, which shows who took it away', async () => {
    expect((await chosenOf(mechanisms('SCRAM-SHA-256'))).initial).toMatch(/^y,,/)
  })
})
