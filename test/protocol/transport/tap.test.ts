/** What a tap on the stream lets through: everything from the bound resource on, and nothing of signing in. */
import { afterAll, afterEach, expect, test } from 'vitest'
import { xml } from '../../../src-main/protocol/xml.ts'
import { connectOurs } from './fixtures.ts'
import { BIND, certificatesFor, DOMAIN, mechanisms, PASSWORD, scram, SM, startScripted, type Script, type ScriptedServer } from '../../helpers/scripted-server.ts' // prettier-ignore

const certificates = certificatesFor(DOMAIN)
const { ca } = certificates
const servers: ScriptedServer[] = []
afterAll(() => certificates.dispose())
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function start(script: Script): Promise<ScriptedServer> {
  const server = await startScripted(script, { certificates })
  servers.push(server)
  return server
}

const ENABLED = "<enabled xmlns='urn:xmpp:sm:3' id='resume-me' resume='true'/>"

test('stanzas and nonzas both ways, with those that came early; a listener that throws harms nobody', async () => {
  const { port } = await start(async (client) => {
    await client.startTls()
    await client.greet(mechanisms('SCRAM-SHA-1'))
    await scram(client)
    await client.bind(BIND + SM)
    await client.expect(/<enable[^>]*>/)
    // In one packet with the end of the negotiation.
    client.send(`${ENABLED}<message id='early'/>`)
    await client.expect(/<presence/)
    client.send(`<r xmlns='urn:xmpp:sm:3'/><message id='late'/>`)
    await client.expect(/<a [^>]*h=/)
    await client.closed
  })
  const stream = await connectOurs(port, { ca })
  const seen: string[] = []
  stream.onTraffic((direction, element) => {
    seen.push(`${direction} ${element.getName()} ${String(element.attrs['id'] ?? '')}`.trim())
    throw new Error('a fault of the console')
  })
  const got: unknown[] = []
  stream.onStanza(({ attrs }) => got.push(attrs['id']))
  expect(seen).toEqual(['in message early'])
  stream.send(xml('presence'))
  await expect.poll(() => got).toEqual(['early', 'late'])
  await expect.poll(() => seen).toContain('out a')
  expect(seen.slice(0, 2)).toEqual(['in message early', 'out presence'])
  expect(seen).toContain('in r')
  expect(seen).toContain('in message late')
  expect(seen.join('\n')).not.toMatch(/auth|response|challenge|success|bind|enabled|resume-me/)
  expect(seen.join('\n')).not.toContain(PASSWORD)
  await stream.close()
})
