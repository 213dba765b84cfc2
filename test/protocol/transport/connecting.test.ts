/** How a stream begins, lives and ends, against scripted servers: what is said, what is told, what is left behind. */
import { createServer, type AddressInfo } from 'node:net'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { ConnectionStep } from '../../../src-main/model/account.ts'
import { createConnect } from '../../../src-main/protocol/transport/xmpp-client.ts'
import { xml } from '../../../src-main/protocol/xml.ts'
import type { Stream } from '../../../src-main/protocol/stream.ts'
import { connectOurs, nextOf, problemOf, whereAt, type OurOptions } from './fixtures.ts'
import { BIND, certificatesFor, DOMAIN, mechanisms, PASSWORD, SASL, scram, SM, startScripted, type Client, type Script, type ScriptedServer, type Wire } from '../../helpers/scripted-server.ts' // prettier-ignore

const certificates = certificatesFor(DOMAIN)
const { ca } = certificates
const servers: ScriptedServer[] = []
afterAll(() => certificates.dispose())
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function startOver(wire: Wire, script: Script, context = {}): Promise<ScriptedServer> {
  const server = await startScripted(script, { certificates, context, wire })
  servers.push(server)
  return server
}

const NS_SM = 'urn:xmpp:sm:3'
const ENABLED = `<enabled xmlns='${NS_SM}' id='s' resume='true'/>`
async function signInUpToSm(client: Client): Promise<void> {
  await client.startTls()
  await client.greet(mechanisms('SCRAM-SHA-1'))
  await scram(client)
  await client.bind(BIND + SM)
  await client.expect(/<enable[^>]*>/)
}
const streamError = (condition: string, text = ''): string =>
  `<stream:error><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>${text}</stream:error></stream:stream>`

describe('what a server may say in place of a stream', () => {
  const start = (script: Script): Promise<ScriptedServer> => startOver('tcp', script)

  test.each<[string, string, string]>([
    ['a web page', '<html><body>hello</body></html>', 'protocol'],
    ['HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'protocol'],
    ['zeros', '\0\0\0\0\0\0', 'protocol'],
    ['a stream of another kind', "<stream:stream xmlns:stream='urn:other' version='1.0'>", 'protocol'],
    ['a stream before XMPP 1.0', "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>", 'protocol'], // prettier-ignore
  ])('%s', async (_name, text, code) => {
    const { port } = await start((client) => Promise.resolve(client.send(text)))
    expect((await problemOf(connectOurs(port))).code).toBe(code)
  })

  test('something else in place of features', async () => {
    const { port } = await start(async (client) => {
      await client.startTls()
      await client.expect(/<stream:stream[^>]*>/)
      client.send(`<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'><message/>`) // prettier-ignore
    })
    expect(await problemOf(connectOurs(port, { ca }))).toMatchObject({ code: 'protocol', detail: expect.stringContaining('<message/>') as string }) // prettier-ignore
  })
})

describe.each(['tcp', 'websocket'] as const)('over %s', (wire) => {
  const start = (script: Script, context = {}): Promise<ScriptedServer> => startOver(wire, script, context)
  const connect = (port: number, options: OurOptions = {}): Promise<Stream> =>
    connectOurs(port, { wire, ...options })

  describe('what a server may say instead', () => {
    test.each([
      ['no way to sign in', '', 'no-mechanism'],
      ['mechanisms that nobody should use', mechanisms('DIGEST-MD5', 'ANONYMOUS'), 'no-mechanism'],
    ])('%s', async (_name, features, code) => {
      const { port } = await start(async (client) => {
        await client.startTls()
        await client.greet(features)
      })
      expect((await problemOf(connect(port, { ca }))).code).toBe(code)
    })

    test.each([
      ['a challenge that is not base64', `<challenge xmlns='${SASL}'>%%%</challenge>`, 'protocol'],
      ['something else', '<message/>', 'protocol'],
      ['account-disabled', `<failure xmlns='${SASL}'><account-disabled/></failure>`, 'account-disabled'],
      ['a failure and the end at once', `<failure xmlns='${SASL}'><not-authorized/></failure></stream:stream>`, 'credentials'], // prettier-ignore
      ['temporary-auth-failure', `<failure xmlns='${SASL}'><temporary-auth-failure/></failure>`, 'network'],
      ['a stream error', streamError('system-shutdown'), 'server-shutdown'],
    ])('in place of a challenge: %s', async (_name, answer, code) => {
      const { port } = await start(async (client) => {
        await client.startTls()
        await client.greet(mechanisms('SCRAM-SHA-1'))
        await client.expect(/<auth /)
        client.send(answer)
      })
      expect((await problemOf(connect(port, { ca }))).code).toBe(code)
    })

    test('binding is refused, or not offered', async () => {
      const refused = await start(async (client) => {
        await client.startTls()
        await client.greet(mechanisms('SCRAM-SHA-1'))
        await scram(client)
        await client.greet(BIND)
        const id = (await client.expect(/<iq[^>]* id="([^"]+)"[\s\S]*?<\/iq>/))[1] ?? ''
        client.send(`<iq type='result' id='${id}' from='mallory@evil.test/x'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>mallory@evil.test/x</jid></bind></iq>`) // prettier-ignore
        client.send(`<iq type='error' id='${id}'><error type='wait'><resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`) // prettier-ignore
      })
      const missing = await start(async (client) => {
        await client.startTls()
        await client.greet(mechanisms('SCRAM-SHA-1'))
        await scram(client)
        await client.greet('')
      })
      expect(await problemOf(connect(refused.port, { ca }))).toMatchObject({ code: 'policy', detail: expect.stringContaining('resource-constraint') as string }) // prettier-ignore
      expect((await problemOf(connect(missing.port, { ca }))).code).toBe('protocol')
    })

    test('SASL2 asks for a second factor', async () => {
      const { port } = await start(async (client) => {
        await client.startTls()
        await client.greet(
          "<authentication xmlns='urn:xmpp:sasl:2'><mechanism>PLAIN</mechanism></authentication>",
        )
        await client.expect(/<authenticate[\s\S]*<\/authenticate>/)
        client.send("<continue xmlns='urn:xmpp:sasl:2'><tasks><task>TOTP</task></tasks></continue>")
      })
      expect((await problemOf(connect(port, { ca }))).code).toBe('no-mechanism')
    })
  })

  describe('stream errors (RFC 6120 §4.9.3)', () => {
    test.each([
      ['conflict', 'conflict'],
      ['policy-violation', 'policy'],
      ['resource-constraint', 'policy'],
      ['host-unknown', 'no-such-server'],
      ['system-shutdown', 'server-shutdown'],
      ['reset', 'server-shutdown'],
      ['not-well-formed', 'protocol'],
      ['see-other-host', 'policy'],
      ['something-new', 'protocol'],
    ])('%s, on a live stream, is %s for good, with the server’s words', async (condition, code) => {
      let said = ''
      const { port } = await start(async (client) => {
        await signInUpToSm(client)
        client.send(ENABLED)
        await client.expect(/<presence/)
        client.send(streamError(condition, "<text xmlns='urn:ietf:params:xml:ns:xmpp-streams'>why</text>"))
        await client.closed
        said = client.said
      })
      const stream = await connect(port, { ca })
      stream.send(xml('presence'))
      expect(await nextOf(stream.onClosed)).toEqual({ code, detail: `stream error ${condition}: why` })
      expect(stream.send(xml('presence'))).toBe(false)
      await expect.poll(() => said).not.toBe('')
    })

    test('a stream that the server ends is answered with its end', async () => {
      let said = ''
      const { port } = await start(async (client) => {
        await signInUpToSm(client)
        client.send(ENABLED)
        await client.expect(/<presence/)
        client.send('</stream:stream>')
        await client.closed
        said = client.said
      })
      const stream = await connect(port, { ca })
      stream.send(xml('presence'))
      expect((await nextOf(stream.onClosed)).code).toBe('server-shutdown')
      await expect.poll(() => said).toMatch(/<\/stream:stream>$/)
    })
  })

  describe('stanzas', () => {
    test('that come before anybody listens are kept, in order, and counted when they were handled', async () => {
      const counts: string[] = []
      let listen: () => void = () => undefined
      const listening = new Promise<void>((resolve) => (listen = resolve))
      const { port } = await start(async (client) => {
        await signInUpToSm(client)
        client.send(
          `<message id='early'/>${ENABLED}<message id='a'/><iq type='get' id='b'/><r xmlns='${NS_SM}'/>`,
        )
        counts.push((await client.expect(/<a [^>]*h="(\d+)"/))[1] ?? '')
        listen()
        await client.expect(/<presence/)
        client.send(`<presence id='c'/><other xmlns='urn:x'/><r xmlns='${NS_SM}'/>`)
        counts.push((await client.expect(/<a [^>]*h="(\d+)"/))[1] ?? '')
      })
      const stream = await connect(port, { ca })
      await listening
      const got: string[][] = [[], []]
      stream.onStanza((stanza) => {
        got[0]?.push(String(stanza.attrs['id']))
        if (stanza.attrs['id'] === 'a') throw new Error('a fault of ours')
      })
      stream.onStanza((stanza) => got[1]?.push(String(stanza.attrs['id'])))
      stream.send(xml('presence'))
      await expect.poll(() => counts).toEqual(['0', '3'])
      // Also the second listener got them, and the first one's fault stopped nothing.
      expect(got).toEqual([['early', 'a', 'b', 'c'], ['early', 'a', 'b', 'c']]) // prettier-ignore
      await stream.close()
    })

    test('that were kept for a listener when the socket was lost come once: the server sends them again', async () => {
      let resume = ''
      const { port } = await start(async (client, connection) => {
        if (connection === 1) {
          await signInUpToSm(client)
          client.send(`${ENABLED}<message id='a'/>`)
          await client.expect(/<presence/)
          return client.destroy()
        }
        await client.startTls()
        await client.greet(mechanisms('SCRAM-SHA-1'))
        await scram(client)
        await client.greet(SM)
        resume = (await client.expect(/<resume[^>]*>/))[0]
        client.send(`<resumed xmlns='${NS_SM}' previd='s' h='1'/><message id='a'/><message id='b'/>`)
      })
      const stream = await connect(port, { ca })
      const resumed = new Promise<void>((resolve) => stream.onResumed(resolve))
      stream.send(xml('presence'))
      await resumed
      const got: string[] = []
      stream.onStanza((stanza) => got.push(String(stanza.attrs['id'])))
      await expect.poll(() => got).toContain('b')
      expect(got).toEqual(['a', 'b'])
      expect(resume).toContain('h="0"')
      await stream.close()
    })

    test('are acknowledged once for a burst, not each by itself', async () => {
      let requests = 0
      const { port } = await start(async (client) => {
        await signInUpToSm(client)
        client.send(ENABLED)
        await client.expect(/<r [^>]*>/)
        requests = client.said.match(/<r /g)?.length ?? 0
        client.send(`<a xmlns='${NS_SM}' h='50'/>`)
      })
      const stream = await connect(port, { ca })
      const acked: string[] = []
      stream.onAck((id) => acked.push(id))
      for (let i = 0; i < 50; i += 1) stream.send(xml(i % 2 === 0 ? 'message' : 'iq', { id: `m${i}` }))
      await expect.poll(() => acked.length).toBe(25)
      expect([requests, acked[0], acked.at(-1)]).toEqual([1, 'm0', 'm48'])
      await stream.close()
    })

    test('a server that refuses stream management is asked by ping, and an error is an answer', async () => {
      const { port } = await start(async (client) => {
        await signInUpToSm(client)
        client.send(`<failed xmlns='${NS_SM}'/>`)
        const id = (await client.expect(/<iq[^>]* id="([^"]+)"[^>]*><ping/))[1] ?? ''
        client.send(`<iq type='result' id='${id}' from='mallory@evil.test/x'/>`)
        client.send(`<iq type='error' id='${id}' from='${DOMAIN}'><error type='cancel'/></iq>`)
      })
      const stream = await connect(port, { ca })
      const got: string[] = []
      stream.onStanza((stanza) => got.push(String(stanza.attrs['from'])))
      const acked = nextOf(stream.onAck)
      stream.send(xml('message', { id: 'm1' }))
      expect(await acked).toBe('m1')
      // The stranger's is handed on as what it is: a stanza like any other.
      expect(got).toEqual(['mallory@evil.test/x'])
      await stream.close()
    })
  })

  describe('what is said, and where', () => {
    test('the traffic log has no SASL in it, and no password', async () => {
      const log: string[] = []
      const { port } = await start(async (client) => {
        await client.startTls()
        await client.greet(mechanisms('PLAIN'))
        await client.expect(/<auth /)
        client.send(`<success xmlns='${SASL}'/>`)
        await client.bind()
      })
      const logged = createConnect({
        ca: [ca],
        onTraffic: (direction, text) => log.push(`${direction} ${text}`),
      })
      const stream = await logged({
        jid: `romeo@${DOMAIN}` as Stream['ownBareJid'],
        password: PASSWORD,
        resource: 'x',
        signal: new AbortController().signal,
        onStep: () => undefined,
        ...whereAt(port, wire),
      })
      expect(stream.mechanism).toBe('PLAIN')
      await stream.close()
      expect(log.join('\n')).toContain("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>…")
      expect(log.join('\n')).not.toContain(PASSWORD)
      expect(log.join('\n')).not.toContain(
        Buffer.from(`\0romeo\0${PASSWORD}`).toString('base64').slice(0, 12),
      )
    })

    test('over TLS 1.2 without a binding that is safe there: SCRAM, unbound', async () => {
      let header = ''
      const { port } = await start(
        async (client) => {
          await client.startTls()
          await client.greet(mechanisms('SCRAM-SHA-1', 'SCRAM-SHA-1-PLUS'))
          const seen = client.expect(/<auth [^>]*mechanism="([^"]*)"/)
          await seen.then((match) => (header = match[1] ?? ''))
        },
        { maxVersion: 'TLSv1.2' },
      )
      const connecting = connect(port, { ca, limits: { signIn: 300 } })
      expect((await problemOf(connecting)).code).toBe('timeout')
      expect(header).toBe('SCRAM-SHA-1')
    })

    test('close says goodbye, with what was handled', async () => {
      let said = ''
      const { port } = await start(async (client) => {
        await signInUpToSm(client)
        client.send(`${ENABLED}<message id='a'/>`)
        await client.expect(/<\/stream:stream>/)
        said = client.said
        client.send('</stream:stream>')
      })
      const stream = await connect(port, { ca })
      await nextOf(stream.onStanza)
      const closed = nextOf(stream.onClosed)
      await stream.close()
      expect(await closed).toEqual({ code: 'cancelled' })
      expect(said).toMatch(/<a [^>]*h="1"[^>]*\/><\/stream:stream>$/)
      expect(stream.send(xml('presence'))).toBe(false)
      // Whoever asks late is told as well.
      expect(await nextOf(stream.onClosed)).toEqual({ code: 'cancelled' })
    })

    test('close waits a second at most for a server that says nothing', async () => {
      const { port } = await start(async (client) => {
        await signInUpToSm(client)
        client.send(ENABLED)
      })
      const stream = await connect(port, { ca, limits: { close: 100 } })
      const begin = performance.now()
      await stream.close()
      expect(performance.now() - begin).toBeLessThan(1000)
    })
  })

  describe('what is left behind', () => {
    /** Timers and sockets of this process that are alive. */
    const alive = (): string[] =>
      process
        .getActiveResourcesInfo()
        .filter((name) => /Timeout|TCPSocketWrap|TLSWrap|GetAddrInfo/.test(name))

    test('nothing, of a stream that was closed and of sign-ins that failed or were cancelled', async () => {
      const good = await start(async (client) => {
        await signInUpToSm(client)
        client.send(ENABLED)
        await client.expect(/<\/stream:stream>/)
        client.destroy()
      })
      const bad = await start(async (client) => {
        await client.startTls()
        await client.greet(mechanisms('PLAIN'))
        await client.expect(/<auth /)
        client.send(`<failure xmlns='${SASL}'><not-authorized/></failure>`)
        await client.closed
      })
      const silent = await start(async (client) => void (await client.expect(/<stream:stream/)))
      const before = alive().length
      const stream = await connect(good.port, { ca })
      stream.send(xml('message', { id: 'x' }))
      await stream.close()
      await problemOf(connect(bad.port, { ca }))
      const steps: ConnectionStep[] = []
      const abort = new AbortController()
      const cancelling = connect(silent.port, { ca, steps, signal: abort.signal })
      await expect.poll(() => steps.at(-1)).toBe(wire === 'tcp' ? 'connecting' : 'securing')
      abort.abort()
      expect(await problemOf(cancelling)).toEqual({ code: 'cancelled' })
      for (const server of servers.splice(0)) await server.close()
      await expect.poll(() => alive().length, { timeout: 3000 }).toBeLessThanOrEqual(before)
    })
  })
})

test('a port where nobody listens is refused, and says where', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  expect(await problemOf(connectOurs(port))).toMatchObject({ code: 'refused', detail: expect.stringContaining(`127.0.0.1:${port}`) as string }) // prettier-ignore
})
