/** The stream itself (RFC 6120 §4, §11): what we say to open it, and what we make of what a server may not send. */
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { xml, type Element } from '../../../src-main/protocol/xml.ts'
import { connectOurs, nextOf, problemOf } from './fixtures.ts'
import { BIND, certificatesFor, DOMAIN, mechanisms, SASL, scram, SM, startScripted, STARTTLS, type Client, type Script, type ScriptedServer } from '../../helpers/scripted-server.ts' // prettier-ignore

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

const ENABLED = "<enabled xmlns='urn:xmpp:sm:3' id='s' resume='true'/>"
const OPEN = "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"

async function signInUpToSm(client: Client): Promise<void> {
  await client.startTls()
  await client.greet(mechanisms('SCRAM-SHA-1'))
  await scram(client)
  await client.bind(BIND + SM)
  await client.expect(/<enable[^>]*>/)
  client.send(ENABLED)
}

/** A live stream on which the server, asked by our presence, sends this; and all that we said by the end. */
async function liveWith(
  text: string,
): Promise<{ got: Element[]; said: Promise<string>; code: Promise<string> }> {
  let said: (text: string) => void = () => undefined
  const all = new Promise<string>((resolve) => (said = resolve))
  const { port } = await start(async (client) => {
    await signInUpToSm(client)
    await client.expect(/<presence/)
    client.send(text)
    await client.closed
    said(client.said)
  })
  const stream = await connectOurs(port, { ca })
  const got: Element[] = []
  stream.onStanza((stanza) => got.push(stanza))
  const code = nextOf(stream.onClosed).then((problem) => problem.code)
  stream.send(xml('presence'))
  return { got, said: all, code }
}

describe('what we say', () => {
  const headers = async (): Promise<{ said: string; headers: string[] }> => {
    let said = ''
    const { port } = await start(async (client) => {
      await signInUpToSm(client)
      said = client.said
    })
    const stream = await connectOurs(port, { ca })
    const close = stream.close()
    await Promise.all(servers.splice(0).map((server) => server.close()))
    await close
    return { said, headers: said.match(/<\?xml[^>]*>\s*<stream:stream[^>]*>/g) ?? [] }
  }

  test('a header has to and version, no id, and from only under TLS; an XML declaration stands before it', async () => {
    const { headers: all } = await headers()
    expect(all).toHaveLength(3)
    for (const header of all) {
      expect(header).toMatch(/^<\?xml version=['"]1\.0['"]\?>/)
      expect(header).toMatch(/ version=['"]1\.0['"] ?[^?]*>$/)
      expect(header).toContain(`to="${DOMAIN}"`)
      expect(header).toContain('xmlns="jabber:client"')
      expect(header).not.toMatch(/ id=/)
    }
    expect(all.map((header) => header.includes('from='))).toEqual([false, true, true])
    expect(all[1]).toContain(`from="romeo@${DOMAIN}"`)
  })

  test('the stream starts anew after TLS and after SASL, without an end, and not after binding', async () => {
    const { said } = await headers()
    const order = said.match(/<stream:stream|<starttls|<auth|<response|<bind|<enable|<\/stream:stream/g)
    expect(order).toEqual(['<stream:stream', '<starttls', '<stream:stream', '<auth', '<response', '<stream:stream', '<bind', '<enable']) // prettier-ignore
  })

  test('nothing but negotiation is said before the resource is bound, and no white space between', async () => {
    const { said } = await headers()
    const negotiation = said.slice(0, said.indexOf('<bind'))
    expect(negotiation).not.toMatch(/<(message|presence)/)
    expect(negotiation.match(/<iq/g)).toHaveLength(1)
    expect(negotiation.slice(negotiation.indexOf('<auth'))).not.toMatch(/>\s+</)
  })
})

describe('what a server may not send', () => {
  test.each([
    [
      'a root in another namespace',
      "<stream:stream xmlns:stream='urn:other' version='1.0'>",
      'invalid-namespace',
    ],
    [
      'a root that is no stream',
      "<html xmlns='http://etherx.jabber.org/streams' version='1.0'>",
      'invalid-namespace',
    ],
    ['version 0.9', `${OPEN} version='0.9'>`, 'unsupported-version'],
    ['no version at all', `${OPEN}>`, 'unsupported-version'],
  ])('%s is answered with the stream error that is meant for it', async (_what, header, condition) => {
    let said = ''
    const { port } = await start(async (client) => {
      await client.expect(/<stream:stream[^>]*>/)
      client.send(header)
      await client.closed
      said = client.said
    })
    expect((await problemOf(connectOurs(port))).code).toBe('protocol')
    await expect.poll(() => said).toContain(`<${condition} xmlns="urn:ietf:params:xml:ns:xmpp-streams"/>`)
    expect(said).toContain('</stream:stream>')
  })

  test('a header with a newer version, without from, id or language, is taken', async () => {
    const { port } = await start(async (client) => {
      await client.expect(/<stream:stream[^>]*>/)
      client.send(`${OPEN} version='2.1'><stream:features>${STARTTLS}</stream:features>`)
      await client.expect(/<starttls/)
      client.send("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
    })
    expect((await problemOf(connectOurs(port))).code).toBe('no-tls')
  })

  test('a stanza between servers ends the stream with invalid-namespace', async () => {
    const { got, said, code } = await liveWith("<message xmlns='jabber:server' from='a@b.example'><body>x</body></message>") // prettier-ignore
    expect(await code).toBe('protocol')
    expect(await said).toContain('<invalid-namespace ')
    expect(got).toEqual([])
  })

  test.each([
    ['a comment', '<message><!-- x --></message>', 'restricted-xml'],
    ['a tag that is not closed', '<message></presence>', 'not-well-formed'],
    ['a prefix that is not declared', '<x:message/>', 'not-well-formed'],
    ['an entity of its own', '<message>&x;</message>', 'not-well-formed'],
  ])('%s ends it, with the reason', async (_what, text, condition) => {
    const { said, code } = await liveWith(text)
    expect(await code).toBe('protocol')
    expect(await said).toContain(`<${condition} xmlns="urn:ietf:params:xml:ns:xmpp-streams"/>`)
  })

  test('base64 with anything else in it is refused, be it a space', async () => {
    const challenge = Buffer.from('r=x,s=eA==,i=4096').toString('base64')
    for (const data of [
      `${challenge.slice(0, 4)} ${challenge.slice(4)}`,
      ` ${challenge}`,
      '=AAA',
      'BBBB=CCC',
      'A===',
      'AAA',
    ]) {
      const { port } = await start(async (client) => {
        await client.startTls()
        await client.greet(mechanisms('SCRAM-SHA-1'))
        await client.expect(/<auth /)
        client.send(`<challenge xmlns='${SASL}'>${data}</challenge>`)
      })
      const problem = await problemOf(connectOurs(port, { ca }))
      expect([data, problem.code, problem.detail]).toEqual([data, 'protocol', 'SASL data that is not base64'])
    }
  })
})

describe('what is odd and allowed', () => {
  test('white space between stanzas, U+FEFF inside one, unknown elements and attributes: all that matters arrives', async () => {
    const { got } = await liveWith(
      ` \n\n <message from='a@b.example' odd='1' x:odd='2' xmlns:x='urn:x'><x:y/><body>\ufeffa\ufeff</body></message>\t <x xmlns='urn:unknown'/><message><body>b</body></message>`,
    )
    await expect.poll(() => got.length).toBeGreaterThanOrEqual(2)
    expect(got.filter((one) => one.is('message')).map((one) => one.getChildText('body'))).toEqual([
      '\ufeffa\ufeff',
      'b',
    ])
  })
})
