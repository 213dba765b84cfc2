/** A stream that is asked to go on with a session of before (XEP-0198 §5), against servers that do, don't, or move. */
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { FullJid } from '../../../src-main/model/jid.ts'
import type { SavedSession } from '../../../src-main/protocol/stream.ts'
import { xml } from '../../../src-main/protocol/xml.ts'
import { BIND, certificatesFor, DOMAIN, mechanisms, scram, SM, startScripted, type Client, type Script, type ScriptedServer } from '../../helpers/scripted-server.ts' // prettier-ignore
import { connectOurs, nextOf } from './fixtures.ts'

const certificates = certificatesFor(DOMAIN)
const foreign = certificatesFor('other.test')
const { ca } = certificates
const servers: ScriptedServer[] = []
afterAll(() => {
  certificates.dispose()
  foreign.dispose()
})
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function start(script: Script, shown = certificates): Promise<ScriptedServer> {
  const server = await startScripted(script, { certificates: shown })
  servers.push(server)
  return server
}

const saved: SavedSession = {
  id: 'session-1',
  jid: `romeo@${DOMAIN}/before` as FullJid,
  maxSeconds: 300,
  features: { rosterVersioning: true, preApproval: true, clientState: true },
  handled: 4_294_967_295,
}

async function signIn(client: Client): Promise<void> {
  await client.startTls()
  await client.greet(mechanisms('SCRAM-SHA-1'))
  await scram(client)
  await client.greet(BIND + SM)
}

const resumed = "<resumed xmlns='urn:xmpp:sm:3' previd='session-1' h='7'/>"

test('it goes on with address, features and both counts; nothing is bound', async () => {
  let said = ''
  const { port } = await start(async (client) => {
    await signIn(client)
    await client.expect(/<resume[^>]*>/)
    client.send(`${resumed}<message from='juliet@chat.test/y'><body>late</body></message>`)
    await client.expect(/<message[^>]*id="m8"[^>]*>/)
    client.send("<r xmlns='urn:xmpp:sm:3'/>")
    await client.expect(/<a [^>]*h="0"[^>]*>/)
    client.send("<a xmlns='urn:xmpp:sm:3' h='8'/>")
    await client.closed
    said = client.said
  })
  const stream = await connectOurs(port, { ca, resume: saved })
  const { jid, features, session, restored, sentCount } = stream
  const { handled: _handled, ...plain } = saved
  expect({ jid, features, session, restored, sentCount }).toStrictEqual({
    ...{ jid: saved.jid, features: { ...saved.features, carbons: false }, session: plain },
    ...{ restored: { isResumed: true, handled: 7 }, sentCount: 7 },
  })
  const acked = nextOf(stream.onAck)
  const told: number[] = []
  stream.onAcknowledging((handled) => told.push(handled))
  stream.onStanza(() => undefined)
  stream.send(xml('message', { id: 'm8' }))
  expect(await acked).toBe('m8')
  // Modulo 2^32 (§4).
  expect(told).toStrictEqual([0])
  await stream.close()
  expect(stream.session).toBeUndefined()
  await expect.poll(() => said).toContain('previd="session-1"')
  expect(said).toContain('h="4294967295"')
  expect(said).not.toContain('<bind')
})

test.each([
  [
    `<failed xmlns='urn:xmpp:sm:3' h='5'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>`,
    5,
  ],
  [`<failed xmlns='urn:xmpp:sm:3'/>`, undefined],
])('gone, %s: a new session begins on the same connection', async (failed, handled) => {
  const server = await start(async (client) => {
    await signIn(client)
    await client.expect(/<resume[^>]*>/)
    client.send(failed)
    const id = (await client.expect(/<iq[^>]* id=['"]([^'"]+)['"][\s\S]*?<\/iq>/))[1] ?? ''
    const jid = `<jid>romeo@${DOMAIN}/anew</jid>`
    client.send(
      `<iq type='result' id='${id}'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>${jid}</bind></iq>`,
    )
    await client.expect(/<enable[^>]*>/)
    client.send("<enabled xmlns='urn:xmpp:sm:3' id='session-2' resume='true'/>")
    await client.closed
  })
  const stream = await connectOurs(server.port, { ca, resume: saved })
  expect(stream).toMatchObject({ jid: `romeo@${DOMAIN}/anew`, session: { id: 'session-2' }, sentCount: 0 })
  expect(stream.restored).toStrictEqual({ isResumed: false, handled })
  expect(server.connections).toBe(1)
  await stream.close()
})

test('a server that resumes without a count is not believed', async () => {
  const { port } = await start(async (client) => {
    await signIn(client)
    await client.expect(/<resume[^>]*>/)
    client.send("<resumed xmlns='urn:xmpp:sm:3' previd='session-1'/>")
    await client.closed
  })
  const connecting = connectOurs(port, { ca, resume: saved })
  await expect(connecting).rejects.toMatchObject({ problem: { code: 'protocol' } })
})

test('cut: no goodbye, and the session is there to be resumed', async () => {
  let said = ''
  const { port } = await start(async (client) => {
    await signIn(client)
    await client.expect(/<resume[^>]*>/)
    client.send(resumed)
    await client.closed
    said = client.said
  })
  const stream = await connectOurs(port, { ca, resume: saved })
  const closed = nextOf(stream.onClosed)
  stream.cut()
  expect((await closed).code).toBe('cancelled')
  expect(stream.session).toMatchObject({ id: 'session-1' })
  await expect.poll(() => said).toContain('<resume')
  expect(said).not.toContain('</stream:stream>')
})

describe('resuming at another place', () => {
  const goOn: Script = async (client) => {
    await signIn(client)
    await client.expect(/<resume[^>]*>/)
    client.send(resumed)
    await client.closed
  }
  const never: Script = () => Promise.reject(new Error('nobody was to come here'))

  test('is tried first', async () => {
    const [usual, elsewhere] = [await start(never), await start(goOn)]
    const location = { host: '127.0.0.1', port: elsewhere.port, directTls: false }
    const stream = await connectOurs(usual.port, { ca, resume: { ...saved, location } })
    expect(stream.restored?.isResumed).toBe(true)
    await stream.close()
  })

  test('nobody there: the usual place', async () => {
    const [usual, gone] = [await start(goOn), await start(never)]
    const location = { host: '127.0.0.1', port: gone.port, directTls: false }
    await gone.close()
    const stream = await connectOurs(usual.port, { ca, resume: { ...saved, location } })
    expect(stream.restored?.isResumed).toBe(true)
    await stream.close()
  })

  test('somebody with another certificate: told nothing, and the usual place', async () => {
    let told = ''
    const usual = await start(goOn)
    const stranger = await start(async (client) => {
      await client.startTls().catch(() => undefined)
      told = client.said
    }, foreign)
    const location = { host: '127.0.0.1', port: stranger.port, directTls: false }
    const stream = await connectOurs(usual.port, { ca: ca + foreign.ca, resume: { ...saved, location } })
    expect(stream.restored?.isResumed).toBe(true)
    expect(told).not.toMatch(/<auth|<resume|session-1/)
    await stream.close()
  })
})
