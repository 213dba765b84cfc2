/** The connection against Prosody 0.12: signing in, refusals, cancelling, losing the socket. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConnectionOptions, ConnectionProblem, ConnectionStep } from '../../src-main/model/account.ts'
import type { BareJid } from '../../src-main/model/jid.ts'
import { StreamFailure } from '../../src-main/protocol/errors.ts'
import type { ConnectRequest, Stream } from '../../src-main/protocol/stream.ts'
import type { Limits } from '../../src-main/protocol/transport/limits.ts'
import { createConnect, createProbe } from '../../src-main/protocol/transport/xmpp-client.ts'
import { xml, type Element } from '../../src-main/protocol/xml.ts'
import { readTls, serveXrd, startHostMeta, xrdOf } from '../helpers/host-meta.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { startTcpProxy, type TcpProxy } from '../helpers/tcp-proxy.ts'

const PASSWORD = 'pässwörd😀'

/** The three ways to a session; all that follows must not differ. */
const WAYS = ['starttls', 'direct-tls', 'websocket'] as const
type Way = (typeof WAYS)[number]

interface Wish extends Partial<Omit<ConnectRequest, 'host' | 'security'>> {
  readonly way?: Way
  readonly limits?: Partial<Limits>
  readonly trust?: boolean
}

function connectTo(
  server: Prosody,
  { limits, trust = true, way = 'starttls', port, ...request }: Wish = {},
): Promise<Stream> {
  const connect = createConnect({ ca: trust ? [readFileSync(server.caFile, 'utf8')] : [], limits })
  return connect({
    jid: `romeo@${server.domain}` as BareJid,
    password: PASSWORD,
    resource: 'garden',
    ...whereIs(server, way, port),
    signal: new AbortController().signal,
    onStep: () => undefined,
    ...request,
  })
}

function whereIs(server: Prosody, way: Way, port = portOf(server, way)): ConnectionOptions {
  if (way !== 'websocket') return { host: '127.0.0.1', port, security: way }
  return { transport: way, webSocketUrl: `wss://127.0.0.1:${port}/xmpp-websocket`, security: 'automatic' }
}

function portOf({ port, tlsPort, httpsPort }: Prosody, way: Way): number {
  return { starttls: port, 'direct-tls': tlsPort, websocket: httpsPort }[way]
}

async function problemOf(connecting: Promise<Stream>): Promise<ConnectionProblem> {
  const outcome = await connecting.catch((error: unknown) => error)
  if (!(outcome instanceof StreamFailure)) throw new Error('it did not fail as it should', { cause: outcome })
  return outcome.problem
}

const message = (to: string, id: string): Element =>
  xml('message', { to, type: 'chat', id }, xml('body', {}, id))
const nextOf = <T>(subscribe: (listener: (value: T) => void) => void): Promise<T> => new Promise(subscribe)

async function startWithPeople(options: Parameters<typeof startProsody>[0] = {}): Promise<Prosody> {
  const server = await startProsody(options)
  server.addUser('romeo', PASSWORD)
  server.addUser('juliet', 'j')
  return server
}

describe.each(['SHA-1', 'SHA-256'] as const)('signing in with SCRAM-%s', (passwordHash) => {
  let server: Prosody
  beforeAll(async () => {
    server = await startWithPeople({ passwordHash })
  })
  afterAll(() => server.dispose())

  test.each(WAYS)('over %s', async (way) => {
    const steps: ConnectionStep[] = []
    const stream = await connectTo(server, { way, onStep: (step) => steps.push(step) })
    expect(stream).toMatchObject({
      jid: 'romeo@chat.test/garden',
      ownBareJid: 'romeo@chat.test',
      tls: 'TLSv1.3',
      mechanism: `SCRAM-${passwordHash}`,
      transport: way === 'websocket' ? 'websocket' : 'tcp',
      features: { rosterVersioning: true, preApproval: true, clientState: true, carbons: false },
    })
    expect(steps).toEqual(['looking-up', 'connecting', 'securing', 'signing-in'])
    const closed = nextOf(stream.onClosed)
    await stream.close()
    expect(await closed).toEqual({ code: 'cancelled' })
  })

  test('a wrong password, an unknown name', async () => {
    expect((await problemOf(connectTo(server, { password: 'wrong' }))).code).toBe('credentials')
    expect((await problemOf(connectTo(server, { jid: 'nobody@chat.test' as BareJid }))).code).toBe(
      'credentials',
    )
  })
})

describe('refusals and cancelling', () => {
  let server: Prosody
  beforeAll(async () => {
    server = await startWithPeople()
  })
  afterAll(() => server.dispose())

  test.each(WAYS)('an authority that is not trusted (%s)', async (way) => {
    const problem = await problemOf(connectTo(server, { way, trust: false }))
    expect(problem).toMatchObject({
      code: 'certificate',
      certificate: { reason: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', subject: 'CN=chat.test' },
    })
  })

  test('a domain that the server does not serve, and has no certificate for', async () => {
    const jid = 'romeo@evil.test' as BareJid
    expect((await problemOf(connectTo(server, { jid }))).code).toBe('no-such-server')
    expect((await problemOf(connectTo(server, { jid, way: 'direct-tls' }))).code).toBe('certificate')
  })

  test('a mechanism that is weaker than the one seen before', async () => {
    const problem = await problemOf(connectTo(server, { strongestSeen: 'SCRAM-SHA-256' }))
    expect(problem).toMatchObject({
      code: 'no-mechanism',
      detail: expect.stringContaining('SCRAM-SHA-256') as string,
    })
  })

  const steps: readonly ConnectionStep[] = ['looking-up', 'connecting', 'securing', 'signing-in']
  test.each(
    steps.flatMap((step) => [
      { step, way: 'starttls' as const },
      { step, way: 'websocket' as const },
    ]),
  )('cancelled while $step ($way): at once, and the socket is closed', async ({ step, way }) => {
    const proxy = await startTcpProxy(portOf(server, way))
    const abort = new AbortController()
    const begin = performance.now()
    const connecting = connectTo(server, {
      way,
      port: proxy.port,
      signal: abort.signal,
      onStep: (reached) => {
        if (reached !== step) return
        proxy.stall()
        setTimeout(() => {
          abort.abort()
        }, 50)
      },
    })
    expect(await problemOf(connecting)).toEqual({ code: 'cancelled' })
    expect(performance.now() - begin).toBeLessThan(3000)
    await proxy.close()
  })

  test('cancelled before it began', async () => {
    expect(await problemOf(connectTo(server, { signal: AbortSignal.abort() }))).toEqual({ code: 'cancelled' })
  })

  test('a second sign-in with the same resource ends the first with a conflict', async () => {
    const first = await connectTo(server, { resource: 'same' })
    const closed = nextOf(first.onClosed)
    const second = await connectTo(server, { resource: 'same' })
    expect((await closed).code).toBe('conflict')
    await second.close()
  })

  test('the probe says whether it can be reached, and by which TLS', async () => {
    const probe = createProbe({ ca: [readFileSync(server.caFile, 'utf8')] })
    const host = '127.0.0.1'
    for (const [port, security] of [
      [server.port, 'starttls'],
      [server.tlsPort, 'direct-tls'],
      [server.tlsPort, 'automatic'],
      [server.port, 'automatic'],
    ] as const) {
      // prettier-ignore
      expect(await probe('chat.test', { host, port, security })).toEqual({ reachable: true, tls: 'TLSv1.3', transport: 'tcp' })
    }
    expect(await probe('chat.test', whereIs(server, 'websocket'))).toEqual({ reachable: true, tls: 'TLSv1.3', transport: 'websocket' }) // prettier-ignore
    expect(await probe('evil.test', { host, port: server.tlsPort, security: 'direct-tls' })).toMatchObject({ reachable: false }) // prettier-ignore
    const untrusted = createProbe({ ca: [] })
    expect(await untrusted('chat.test', { host, port: server.port, security: 'starttls' })).toMatchObject({ reachable: false }) // prettier-ignore
  })
})

describe.each(['direct-tls', 'websocket'] as const)('losing the socket of %s', (way) => {
  let server: Prosody
  let proxy: TcpProxy
  let juliet: Peer
  beforeAll(async () => {
    server = await startWithPeople()
    proxy = await startTcpProxy(portOf(server, way))
    juliet = await connectPeer(server, 'juliet', 'j')
  })
  afterAll(async () => {
    juliet.close()
    await proxy.close()
    await server.dispose()
  })
  const through = (wish: Wish = {}): Promise<Stream> => connectTo(server, { way, port: proxy.port, ...wish }) // prettier-ignore

  test('nothing is lost or doubled when it is cut with messages in flight both ways, again and again', async () => {
    const stream = await through({ limits: { resumePause: 50 } })
    const [got, acked, events]: [string[], string[], string[]] = [[], [], []]
    stream.onStanza((stanza) => {
      if (stanza.is('message') && stanza.getChild('body') !== undefined)
        got.push(stanza.getChildText('body') ?? '')
    })
    stream.onAck((id) => acked.push(id))
    stream.onResumed(() => events.push('resumed'))
    stream.onClosed(({ code }) => events.push(code))
    stream.send(xml('presence'))
    const sent: string[] = []
    const said: string[] = []
    for (let round = 0; round < 5; round += 1) {
      const resumed = events.length
      proxy.cutAfter(round % 2 === 0 ? 'to-client' : 'to-server', 400 + 137 * round)
      for (let i = 0; i < 20; i += 1) {
        const id = `r${round}-${i}`
        // As the outbox does: what the stream does not take is offered again, in order.
        while (!stream.send(message(juliet.bareJid, id)))
          await new Promise((resolve) => setTimeout(resolve, 20))
        sent.push(id)
        juliet.say(stream.ownBareJid, `j${id}`)
        said.push(`j${id}`)
      }
      await expect.poll(() => events.length, { timeout: 20_000 }).toBeGreaterThan(resumed)
    }
    await expect.poll(() => acked.length, { timeout: 20_000 }).toBe(sent.length)
    await expect.poll(() => got.length, { timeout: 20_000 }).toBe(said.length)
    expect(got).toEqual(said)
    expect(acked).toEqual(sent)
    const arrived = juliet.received.filter((stanza) => stanza.is('message')).map((stanza) => stanza.getChildText('body')) // prettier-ignore
    expect(arrived).toEqual(sent)
    expect(new Set(events)).toEqual(new Set(['resumed']))
    await stream.close()
  })

  test('a half-open socket is noticed on wake-up, and the session goes on', async () => {
    const stream = await through({ limits: { wake: 200 } })
    const interrupted = nextOf(stream.onInterrupted)
    const resumed = nextOf<void>((listener) => {
      stream.onResumed(() => {
        listener()
      })
    })
    proxy.stall()
    stream.wake()
    expect((await interrupted).code).toBe('timeout')
    proxy.resume()
    proxy.cut()
    await resumed
    expect(stream.send(xml('presence'))).toBe(true)
    await stream.close()
  })

  test('while the network is out it waits, and wake() tries at once when it is back', async () => {
    const stream = await through({ limits: { resumePause: 30_000 } })
    const interrupted = nextOf(stream.onInterrupted)
    let resumed = false
    stream.onResumed(() => (resumed = true))
    proxy.unplug()
    await interrupted
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(stream.send(xml('presence'))).toBe(false)
    proxy.plug()
    stream.wake()
    await expect.poll(() => resumed).toBe(true)
    await stream.close()
  })

  test('closing while interrupted ends it at once', async () => {
    const stream = await through()
    const interrupted = nextOf(stream.onInterrupted)
    const closed = nextOf(stream.onClosed)
    proxy.unplug()
    await interrupted
    await stream.close()
    expect(await closed).toEqual({ code: 'cancelled' })
    proxy.plug()
  })

  test('it is given up when it lasts too long', async () => {
    const stream = await through({ limits: { resume: 300, resumePause: 50 } })
    const closed = nextOf(stream.onClosed)
    proxy.unplug()
    expect((await closed).code).toBe('network')
    proxy.plug()
  })
})

describe('a server that restarts', () => {
  // Prosody 0.12 closes its sockets without a word in either case.
  test.each(['stop', 'kill'] as const)(
    'after %s: the session is gone, and signing in anew works',
    async (end) => {
      const server = await startWithPeople()
      const stream = await connectTo(server, { limits: { resumePause: 50, resume: 20_000 } })
      const [interrupted, lost] = [nextOf(stream.onInterrupted), nextOf(stream.onClosed)]
      await server[end]()
      expect((await interrupted).code).toBe('network')
      await server.start()
      expect(await lost).toMatchObject({
        code: 'network',
        detail: expect.stringContaining('no longer knows') as string,
      })
      const again = await connectTo(server)
      await again.close()
      await server.dispose()
    },
  )
})

describe('ports 5222 and 5223 are shut', () => {
  test('the WebSocket is found by host-meta of the domain; a cut is resumed there, and messages go both ways', async () => {
    const server = await startWithPeople()
    const juliet = await connectPeer(server, 'juliet', 'j')
    const proxy = await startTcpProxy(server.httpsPort)
    const shut = await startTcpProxy(server.port)
    await shut.close()
    const url = `wss://${server.domain}:${proxy.port}/xmpp-websocket`
    const web = await startHostMeta(
      readTls(server.folder),
      serveXrd(() => xrdOf(url)),
    )
    const connect = createConnect({
      ca: [readFileSync(server.caFile, 'utf8')],
      limits: { resumePause: 50 },
      resolver: {
        resolveSrv: () => Promise.resolve([{ name: server.domain, port: shut.port, priority: 0, weight: 0 }]),
        lookup: (_host, options, callback) =>
          options.all === true
            ? callback(null, [{ address: '127.0.0.1', family: 4 }])
            : callback(null, '127.0.0.1', 4),
        httpsPort: web.port,
      },
    })
    const stream = await connect({
      jid: `romeo@${server.domain}` as BareJid,
      password: PASSWORD,
      resource: 'garden',
      security: 'automatic',
      signal: new AbortController().signal,
      onStep: () => undefined,
    })
    expect(stream.transport).toBe('websocket')
    const [bodies, acked]: [string[], string[]] = [[], []]
    stream.onStanza((stanza) => bodies.push(...(stanza.getChildText('body')?.split('\n') ?? [])))
    stream.onAck((id) => acked.push(id))
    stream.send(xml('presence'))
    stream.send(message(juliet.bareJid, 'one'))
    await expect.poll(() => acked).toEqual(['one'])
    const resumed = new Promise<void>((resolve) => stream.onResumed(resolve))
    proxy.cut()
    juliet.say(stream.ownBareJid, 'while you were out')
    await resumed
    stream.send(message(juliet.bareJid, 'two'))
    await expect.poll(() => [acked, bodies, juliet.bodies()]).toEqual([['one', 'two'], ['while you were out'], ['one', 'two']]) // prettier-ignore
    // The way that worked is known: nobody was asked for it again.
    expect(web.asked).toHaveLength(2)
    await stream.close()
    juliet.close()
    await Promise.all([web.close(), proxy.close()])
    await server.dispose()
  })
})

describe('a server without stream management', () => {
  let server: Prosody
  beforeAll(async () => {
    server = await startWithPeople({ hibernationSeconds: 0 })
  })
  afterAll(() => server.dispose())

  test('acknowledges by answering a ping that was sent after the message', async () => {
    const juliet = await connectPeer(server, 'juliet', 'j')
    const stream = await connectTo(server)
    const [acked, got]: [string[], string[]] = [[], []]
    stream.onAck((id) => acked.push(id))
    stream.onStanza((stanza) => got.push(stanza.name))
    for (const id of ['a', 'b', 'c']) stream.send(message(juliet.bareJid, id))
    await expect.poll(() => acked).toEqual(['a', 'b', 'c'])
    expect(juliet.bodies()).toEqual(['a', 'b', 'c'])
    // The ping's answer is the stream's own affair.
    expect(got).not.toContain('iq')
    await stream.close()
    juliet.close()
  })

  test('a lost socket is the end of the stream', async () => {
    const proxy = await startTcpProxy(server.tlsPort)
    const stream = await connectTo(server, { way: 'direct-tls', port: proxy.port })
    const closed = nextOf(stream.onClosed)
    proxy.cut()
    expect((await closed).code).toBe('network')
    expect(stream.send(xml('presence'))).toBe(false)
    await proxy.close()
  })
})
