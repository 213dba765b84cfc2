/** Faults of @xmpp/client 0.14 in a session's life: each shown with the library as it comes, and ours beside it. */
import type { EventEmitter } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { createIq } from '../../../src-main/protocol/iq.ts'
import type { Stream } from '../../../src-main/protocol/stream.ts'
import { xml, type Element } from '../../../src-main/protocol/xml.ts'
import { connectOurs, createLibrary, nextOf, problemOf, within, type LibraryClient } from './fixtures.ts'
import {
  BIND,
  certificatesFor,
  DOMAIN,
  mechanisms,
  scram,
  SM,
  STARTTLS,
  startScripted,
  type Client,
  type Script,
  type ScriptedServer,
} from '../../helpers/scripted-server.ts'

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

/** Signs in, with TLS for ours and without it for the library, and turns stream management on. */
async function signInManaged(client: Client, secured: boolean): Promise<void> {
  if (secured) await client.startTls()
  await client.greet(mechanisms('SCRAM-SHA-1'))
  await scram(client)
  await client.bind(BIND + SM)
  await client.expect(/<enable[^>]*>/)
  client.send("<enabled xmlns='urn:xmpp:sm:3' id='session-1' resume='true' max='300'/>")
}

/** A second connection that resumes; `h` is what the server says it has. */
async function resumeManaged(client: Client, secured: boolean, h: number): Promise<string> {
  if (secured) await client.startTls()
  await client.greet(mechanisms('SCRAM-SHA-1'))
  await scram(client)
  await client.greet(BIND + SM)
  const [resume] = await client.expect(/<resume[^>]*>/)
  client.send(`<resumed xmlns='urn:xmpp:sm:3' previd='session-1' h='${h}'/>`)
  return resume
}

/** Our disco#info query, to whomever. */
const query = (): Element => xml('query', { xmlns: 'http://jabber.org/protocol/disco#info' })

function iqOver(stream: Stream): ReturnType<typeof createIq> {
  const iq = createIq({ stream })
  stream.onStanza((stanza) => void iq.receive(stanza))
  return iq
}

describe('6: an answer from somebody else', () => {
  /** Answers the request twice: first as a stranger, then as the one who was asked. */
  const spoof = async (client: Client): Promise<void> => {
    const [, id] = await client.expect(/<iq[^>]* id=['"]([^'"]+)['"][^>]*>[\s\S]*?<\/iq>/)
    for (const from of ['mallory@evil.test/x', 'juliet@chat.test/y']) {
      client.send(`<iq type='result' id='${id ?? ''}' from='${from}' to='romeo@${DOMAIN}/x'><query xmlns='http://jabber.org/protocol/disco#info' node='${from}'/></iq>`) // prettier-ignore
    }
  }

  test('the library takes it', async () => {
    const { port } = await start(async (client) => {
      await client.signIn()
      await spoof(client)
    })
    const entity = createLibrary(port)
    await entity.start()
    const answer = await entity.iqCaller.request(
      xml('iq', { type: 'get', to: 'juliet@chat.test/y' }, query()),
    )
    expect(answer.attrs['from']).toBe('mallory@evil.test/x')
    await within(entity.stop(), 100)
  })

  test('ours waits for the one who was asked', async () => {
    const { port } = await start(async (client) => {
      await client.startTls()
      await client.signIn()
      await spoof(client)
    })
    const stream = await connectOurs(port, { ca })
    const to = 'juliet@chat.test/y' as Stream['jid']
    const answer = await iqOver(stream).request({ type: 'get', to, payload: query() })
    expect(answer.attrs['from']).toBe(to)
    await stream.close()
  })
})

describe('6: counting stanzas (h) when an iq was answered', () => {
  /** Sends a message and an answer to the request, and asks how many stanzas were handled. */
  const countAfterAnswer = (secured: boolean, handled: (h: string) => void): Script => {
    return async (client) => {
      await signInManaged(client, secured)
      const [, id] = await client.expect(/<iq[^>]* id=['"]([^'"]+)['"][^>]*>[\s\S]*?<\/iq>/)
      client.send("<message from='juliet@chat.test/y'><body>1</body></message>")
      client.send(`<iq type='result' id='${id ?? ''}' from='juliet@chat.test/y'/><r xmlns='urn:xmpp:sm:3'/>`)
      handled((await client.expect(/<a [^>]*h=['"](\d+)['"]/))[1] ?? '')
    }
  }

  test('the library leaves the answer out', async () => {
    let h = ''
    const { port } = await start(countAfterAnswer(false, (count) => (h = count)))
    const entity = createLibrary(port)
    await entity.start()
    await expect.poll(() => entity.streamManagement.enabled).toBe(true)
    await entity.iqCaller.request(xml('iq', { type: 'get', to: 'juliet@chat.test/y' }, query()))
    await expect.poll(() => h).toBe('1')
    await within(entity.stop(), 100)
  })

  test('ours counts it', async () => {
    let h = ''
    const { port } = await start(countAfterAnswer(true, (count) => (h = count)))
    const stream = await connectOurs(port, { ca })
    await iqOver(stream).request({ type: 'get', to: 'juliet@chat.test/y' as Stream['jid'], payload: query() })
    await expect.poll(() => h).toBe('2')
    await stream.close()
  })
})

describe('7: a resumed stream', () => {
  test('the library does not say that it is online again, and waits a second before it tries', async () => {
    const server = await start(async (client, connection) => {
      if (connection > 1) return void (await resumeManaged(client, false, 0))
      await signInManaged(client, false)
      await new Promise((resolve) => setTimeout(resolve, 100))
      client.destroy()
    })
    const entity = createLibrary(server.port)
    const events: string[] = []
    entity.on('status', (status) => events.push(status))
    managementOf(entity).on('resumed', () => events.push('resumed'))
    await entity.start()
    entity.reconnect.start()
    expect(entity.reconnect.delay).toBe(1000)
    await expect.poll(() => events, { timeout: 5000 }).toContain('resumed')
    expect(events.filter((event) => event === 'online')).toHaveLength(1)
    entity.reconnect.stop()
    await within(entity.stop(), 100)
  })

  test('ours says interrupted and resumed, tries at once and sends again what may be lost, in order', async () => {
    let resume = ''
    let again = ''
    const server = await start(async (client, connection) => {
      if (connection === 1) {
        await signInManaged(client, true)
        client.send("<message from='juliet@chat.test/y'><body>in</body></message>")
        await client.expect(/id="m3"[\s\S]*?<\/message>/)
        return client.destroy()
      }
      resume = await resumeManaged(client, true, 1)
      again = (await client.expect(/[\s\S]*id="m3"[\s\S]*?<\/message>/))[0]
      client.send("<a xmlns='urn:xmpp:sm:3' h='3'/>")
    })
    const stream = await connectOurs(server.port, { ca })
    const events: string[] = []
    const inbound = nextOf(stream.onStanza)
    stream.onInterrupted(({ code }) => events.push(`interrupted ${code}`))
    stream.onResumed(() => events.push('resumed'))
    stream.onAck((id) => events.push(`ack ${id}`))
    await inbound
    const begin = performance.now()
    for (const id of ['m1', 'm2', 'm3']) stream.send(xml('message', { id }, xml('body', {}, id)))
    await expect.poll(() => events, { timeout: 5000 }).toContain('ack m3')
    expect(events).toEqual(['interrupted network', 'ack m1', 'resumed', 'ack m2', 'ack m3'])
    expect(performance.now() - begin).toBeLessThan(5000)
    expect(resume).toContain('h="1"')
    expect(resume).toContain('previd="session-1"')
    expect(again).toMatch(/m2[\s\S]*m3/)
    expect(again).not.toContain('m1')
    // XEP-0198 §4, XEP-0203: what is sent again says when it was first sent.
    expect(again).toContain('urn:xmpp:delay')
    await stream.close()
  })

  test('ours gives up with the reason when the session is gone, after it took its last acknowledgement', async () => {
    const server = await start(async (client, connection) => {
      if (connection === 1) {
        await signInManaged(client, true)
        await client.expect(/id="m2"[\s\S]*?<\/message>/)
        return client.destroy()
      }
      await client.startTls()
      await client.greet(mechanisms('SCRAM-SHA-1'))
      await scram(client)
      await client.greet(BIND + SM)
      await client.expect(/<resume[^>]*>/)
      client.send("<failed xmlns='urn:xmpp:sm:3' h='1'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>") // prettier-ignore
    })
    const stream = await connectOurs(server.port, { ca })
    const acks: string[] = []
    stream.onAck((id) => acks.push(id))
    for (const id of ['m1', 'm2']) stream.send(xml('message', { id }, xml('body', {}, id)))
    expect((await nextOf(stream.onClosed)).code).toBe('network')
    expect(acks).toEqual(['m1'])
    expect(stream.send(xml('message', { id: 'm3' }))).toBe(false)
  })

  test('the library breaks on an acknowledgement of more than was sent, ours ends the stream for it', async () => {
    let answer = ''
    const tooHigh =
      (secured: boolean): Script =>
      async (client) => {
        await signInManaged(client, secured)
        client.send("<a xmlns='urn:xmpp:sm:3' h='7'/>")
        await client.closed
        answer = client.said
      }
    const entity = createLibrary((await start(tooHigh(false))).port)
    await entity.start()
    await expect.poll(() => entity.errors.some((error) => error instanceof TypeError)).toBe(true)
    await within(entity.stop(), 100)

    const stream = await connectOurs((await start(tooHigh(true))).port, { ca })
    expect((await nextOf(stream.onClosed)).code).toBe('protocol')
    await expect.poll(() => answer).toContain('handled-count-too-high')
    expect(answer).toContain('undefined-condition')
  })
})

describe('9: a server that falls silent', () => {
  const silence = (): Promise<void> => Promise.resolve()
  const limits = { connect: 1000, tls: 300, step: 300, signIn: 300, lookup: 300 }

  test('the library waits for ever for an answer to its sign-in', async () => {
    const { port } = await start((client) => client.greet(mechanisms('SCRAM-SHA-1')))
    const entity = createLibrary(port, { timeout: 50 })
    // Its time-out is over twenty times over.
    expect(await within(entity.start(), 1000)).toBe('pending')
    await within(entity.stop(), 100)
  })

  test.each<[string, Script, 'starttls' | 'direct-tls']>([
    ['before its stream header', silence, 'starttls'],
    ['before its features', (client) => greetHalf(client), 'starttls'],
    ['before <proceed/>', (client) => client.greet(STARTTLS), 'starttls'],
    ['in the TLS handshake', silence, 'direct-tls'],
    ['in the TLS handshake of STARTTLS', proceedOnly, 'starttls'],
    ['after TLS', (client) => client.startTls(), 'starttls'],
    ['in SASL', inSasl, 'starttls'],
    ['after SASL', (client) => inSasl(client).then(() => scram(client).then(() => undefined)), 'starttls'],
    [
      'at binding',
      (client) =>
        inSasl(client)
          .then(() => scram(client))
          .then(() => client.greet(BIND)),
      'starttls',
    ],
    [
      'at stream management',
      (client) =>
        inSasl(client)
          .then(() => scram(client))
          .then(() => client.bind(BIND + SM)),
      'starttls',
    ],
  ])('ours times out %s, and closes the socket', async (_name, script, security) => {
    let closed = false
    const { port } = await start(async (client) => {
      void client.closed.then(() => (closed = true))
      await script(client, 1)
    })
    expect((await problemOf(connectOurs(port, { ca, limits, security }))).code).toBe('timeout')
    await expect.poll(() => closed).toBe(true)
  })

  test('ours times out when the server accepts no connection', async () => {
    // A listener whose backlog is full answers no SYN; an address that nobody routes does the same where there is one.
    const server = createServer().listen(0, '127.0.0.1', 1)
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const lookup = (_host: string, _options: object, _callback: unknown): void => undefined
    const problem = await problemOf(
      connectOurs(port, {
        limits: { connect: 100 },
        host: 'never.test',
        resolver: { resolveSrv: () => Promise.reject(new Error()), lookup },
      }),
    )
    expect(problem.code).toBe('timeout')
    server.close()
  })

  test('ours ends a session that was resumed and is silent again: it would be so for ever', async () => {
    const { port } = await start(async (client, connection) => {
      if (connection > 1) return void (await resumeManaged(client, true, 0))
      await signInManaged(client, true)
    })
    const stream = await connectOurs(port, { ca, limits: { silence: 200, answer: 200 } })
    const events: string[] = []
    stream.onInterrupted(({ code }) => events.push(code))
    stream.onResumed(() => events.push('resumed'))
    stream.onClosed(({ code }) => events.push(`closed ${code}`))
    await expect
      .poll(() => events.slice(0, 3), { timeout: 5000 })
      .toEqual(['timeout', 'resumed', 'closed timeout'])
    expect(stream.session).toBeUndefined()
  })

  test('ours notices a dead server after silence, and one that is awaited at once on wake-up', async () => {
    const { port } = await start((client) => signInManaged(client, true))
    const quiet = await connectOurs(port, { ca, limits: { silence: 100, answer: 100 } })
    expect((await nextOf(quiet.onInterrupted)).code).toBe('timeout')
    await quiet.close()
    const woken = await connectOurs(port, { ca, limits: { wake: 100 } })
    const interrupted = nextOf(woken.onInterrupted)
    woken.wake()
    expect((await interrupted).code).toBe('timeout')
    await woken.close()
  })
})

const inSasl = async (client: Client): Promise<void> => {
  await client.startTls()
  await client.greet(mechanisms('SCRAM-SHA-1'))
}

const proceedOnly = async (client: Client): Promise<void> => {
  await client.greet(STARTTLS)
  await client.expect(/<starttls[^>]*>/)
  client.send("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
}

const greetHalf = async (client: Client): Promise<void> => {
  await client.expect(/<stream:stream[^>]*>/)
  client.send("<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>") // prettier-ignore
}

describe('9: a dead socket, a bad address', () => {
  test('what is sent on a dead socket is in no queue of the library; ours keeps it or says so', async () => {
    const library = await start((client) => signInManaged(client, false))
    const entity = createLibrary(library.port)
    await entity.start()
    await expect.poll(() => entity.streamManagement.enabled).toBe(true)
    rawSocketOf(entity).destroy()
    await expect(entity.send(xml('message', { id: 'lost' }))).rejects.toThrow()
    expect(managementOf(entity).outbound_q).toEqual([])

    let again = ''
    const ours = await start(async (client, connection) => {
      if (connection === 1) {
        await signInManaged(client, true)
        await client.expect(/<presence/)
        return client.destroy()
      }
      await resumeManaged(client, true, 1)
      again = (await client.expect(/<message[\s\S]*?<\/message>/))[0]
    })
    const stream = await connectOurs(ours.port, { ca })
    const interrupted = nextOf(stream.onInterrupted)
    stream.send(xml('presence'))
    expect(stream.send(xml('message', { id: 'kept' }, xml('body')))).toBe(true)
    await interrupted
    expect(stream.send(xml('message', { id: 'refused' }, xml('body')))).toBe(false)
    await expect.poll(() => again).toContain('id="kept"')
    expect(again).not.toContain('refused')
    await stream.close()
  })

  test('a malformed from makes the library throw in the data handler; ours hands the stanza on', async () => {
    const bad = "<message from='@' id='x'><body>b</body></message>"
    const entity = createLibrary(1) as unknown as {
      parser: object
      Parser: unknown
      _onElement(e: Element): void
    }
    expect(() => entity._onElement(xml('message', { from: 'a@' }))).toThrow()

    const { port } = await start(async (client) => {
      await signInManaged(client, true)
      client.send(bad)
    })
    const stream = await connectOurs(port, { ca })
    expect((await nextOf(stream.onStanza)).attrs['from']).toBe('@')
    await stream.close()
  })
})

/** What its types leave out. */
function managementOf(entity: LibraryClient): EventEmitter & { readonly outbound_q: readonly unknown[] } {
  return entity.streamManagement as unknown as ReturnType<typeof managementOf>
}

function rawSocketOf(entity: LibraryClient): { destroy(): void } {
  return entity.socket as unknown as { destroy(): void }
}
