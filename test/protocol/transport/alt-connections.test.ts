/** XEP-0156: which way is taken when, what a hostile https server can do, and what is told when nothing leads anywhere. */
import { createServer, type AddressInfo } from 'node:net'
import type { RequestListener } from 'node:http'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { BareJid } from '../../../src-main/model/jid.ts'
import type { ConnectRequest, Stream } from '../../../src-main/protocol/stream.ts'
import { createConnect, createProbe } from '../../../src-main/protocol/transport/xmpp-client.ts'
import type { ServerResolver } from '../../../src-main/protocol/xep-0368-direct-tls.ts'
import { serveXrd, startHostMeta, xrdOf, type HostMeta } from '../../helpers/host-meta.ts'
import { problemOf } from './fixtures.ts'
import { certificatesFor, DOMAIN, mechanisms, PASSWORD, scram, startScripted, type ScriptedServer, type Script } from '../../helpers/scripted-server.ts' // prettier-ignore

const certificates = certificatesFor(DOMAIN)
const forOther = certificatesFor('other.test')
const things: { close(): Promise<void> }[] = []
afterAll(() => {
  certificates.dispose()
  forOther.dispose()
})
afterEach(async () => {
  for (const thing of things.splice(0)) await thing.close()
})

function kept<T extends { close(): Promise<void> }>(thing: T): T {
  things.push(thing)
  return thing
}

const honest: Script = async (client) => {
  await client.startTls()
  await client.greet(mechanisms('SCRAM-SHA-1'))
  await scram(client)
  await client.bind()
}
const startServer = async (wire: 'tcp' | 'websocket', script = honest): Promise<ScriptedServer> =>
  kept(await startScripted(script, { certificates, wire }))
const startWeb = async (answer: RequestListener, tls = certificates): Promise<HostMeta> =>
  kept(await startHostMeta(tls, answer))

/** A port where nobody listens. */
async function shutPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Every name is this computer; XMPP is at `tcpPort` by its SRV record, https at `httpsPort`. */
function resolverOf(tcpPort: number, httpsPort: number): ServerResolver & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    resolveSrv: (name) => {
      asked.push(name)
      if (!name.startsWith('_xmpp-client.')) return Promise.reject(new Error('ENODATA'))
      return Promise.resolve([{ name: DOMAIN, port: tcpPort, priority: 0, weight: 0 }])
    },
    lookup: (_host, options, callback) => {
      if (options.all === true) callback(null, [{ address: '127.0.0.1', family: 4 }])
      else callback(null, '127.0.0.1', 4)
    },
    httpsPort,
  }
}

function connectorOf(resolver: ServerResolver, limits = {}) {
  const connect = createConnect({ ca: [certificates.ca], resolver, limits })
  return (where: Partial<ConnectRequest> = {}): Promise<Stream> =>
    connect({
      jid: `romeo@${DOMAIN}` as BareJid,
      password: PASSWORD,
      resource: 'x',
      security: 'automatic',
      signal: new AbortController().signal,
      onStep: () => undefined,
      ...where,
    })
}

describe('left to itself', () => {
  test('TCP is taken where it is open, and nobody is asked for host-meta', async () => {
    const [tcp, web] = [await startServer('tcp'), await startWeb(serveXrd(() => xrdOf()))]
    const stream = await connectorOf(resolverOf(tcp.port, web.port))()
    expect(stream.transport).toBe('tcp')
    expect(web.asked).toEqual([])
    await stream.close()
  })

  test('where TCP is shut the WebSocket is taken that the domain names, and the next time at once', async () => {
    const ws = await startServer('websocket')
    const web = await startWeb(serveXrd(() => xrdOf(`wss://${DOMAIN}:${ws.port}/xmpp`)))
    const resolver = resolverOf(await shutPort(), web.port)
    const connect = connectorOf(resolver)
    const first = await connect()
    expect(first.transport).toBe('websocket')
    await first.close()
    expect([...web.asked].sort()).toEqual([
      `${DOMAIN}/.well-known/host-meta`,
      `${DOMAIN}/.well-known/host-meta.json`,
    ])
    // XEP-0156's old TXT records are never asked for, and DNS not at all the second time.
    const lookups = resolver.asked.length
    expect(resolver.asked.every((name) => /^_xmpps?-client\._tcp\./.test(name))).toBe(true)
    const second = await connect()
    await second.close()
    expect([web.asked.length, resolver.asked.length, ws.connections]).toEqual([2, lookups, 2])
  })

  test('a TCP port that swallows everything does not hold the WebSocket up for long', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    kept({ close: () => Promise.resolve(void silent.close()) })
    const ws = await startServer('websocket')
    const web = await startWeb(serveXrd(() => xrdOf(`wss://${DOMAIN}:${ws.port}/xmpp`)))
    const connect = connectorOf(resolverOf((silent.address() as AddressInfo).port, web.port), {
      step: 300,
      tcp: 100,
    })
    const stream = await connect()
    expect(stream.transport).toBe('websocket')
    await stream.close()
  })

  test('a WebSocket that worked once and is gone is no dead end', async () => {
    const ws = await startServer('websocket')
    const tcpPort = await shutPort()
    const web = await startWeb(serveXrd(() => xrdOf(`wss://${DOMAIN}:${ws.port}/xmpp`)))
    const connect = connectorOf(resolverOf(tcpPort, web.port))
    await (await connect()).close()
    await ws.close()
    expect((await problemOf(connect())).code).toBe('refused')
  })

  test('the problem told is that of TCP, with the others in its detail', async () => {
    const web = await startWeb((_request, response) => void response.writeHead(500).end())
    const tcpPort = await shutPort()
    const problem = await problemOf(connectorOf(resolverOf(tcpPort, web.port))())
    expect(problem.code).toBe('refused')
    expect(problem.detail).toContain(`${DOMAIN}:${tcpPort}`)
    expect(problem.detail).toContain('host-meta: HTTP 500')
  })

  test('whoever names a host means that one', async () => {
    const web = await startWeb(serveXrd(() => xrdOf('wss://127.0.0.1:1/')))
    const port = await shutPort()
    const connect = connectorOf(resolverOf(port, web.port))
    expect((await problemOf(connect({ host: '127.0.0.1', port }))).code).toBe('refused')
    expect((await problemOf(connect({ transport: 'tcp' }))).code).toBe('refused')
    expect(web.asked).toEqual([])
  })

  test('a wrong password over WebSocket is told at once', async () => {
    const ws = await startServer('websocket', async (client) => {
      await client.greet(mechanisms('SCRAM-SHA-1'))
      await scram(client, { password: 'other' })
    })
    const web = await startWeb(serveXrd(() => xrdOf(`wss://${DOMAIN}:${ws.port}/xmpp`)))
    expect((await problemOf(connectorOf(resolverOf(await shutPort(), web.port))())).code).toBe('credentials')
  })

  test('a WebSocket that is less safe than TCP was is passed over, and TCP tried again later', async () => {
    const ws = await startServer('websocket')
    const web = await startWeb(serveXrd(() => xrdOf(`wss://${DOMAIN}:${ws.port}/xmpp`)))
    const connect = connectorOf(resolverOf(await shutPort(), web.port))
    const problem = await problemOf(connect({ strongestSeen: 'SCRAM-SHA-1-PLUS' }))
    expect(problem).toMatchObject({ code: 'refused', detail: expect.stringContaining('SCRAM-SHA-1-PLUS was before') as string }) // prettier-ignore
  })

  test('the probe knows the way too', async () => {
    const ws = await startServer('websocket', () => Promise.resolve())
    const web = await startWeb(serveXrd(() => xrdOf(`wss://${DOMAIN}:${ws.port}/xmpp`)))
    const probe = createProbe({ ca: [certificates.ca], resolver: resolverOf(await shutPort(), web.port) })
    expect(await probe(DOMAIN, { security: 'automatic' })).toEqual({ reachable: true, tls: 'TLSv1.3', transport: 'websocket' }) // prettier-ignore
    expect(await probe(DOMAIN, { security: 'automatic', transport: 'tcp' })).toMatchObject({
      reachable: false,
    })
  })
})

describe('channel binding over WebSocket', () => {
  const used = async (announced: string): Promise<string> => {
    let mechanism = ''
    const ws = await startServer('websocket', async (client) => {
      await client.greet(mechanisms('SCRAM-SHA-1', 'SCRAM-SHA-1-PLUS') + announced)
      mechanism = (await client.expect(/<auth [^>]*mechanism="([^"]*)"/))[1] ?? ''
      client.destroy()
    })
    const webSocketUrl = `wss://127.0.0.1:${ws.port}/`
    await problemOf(connectorOf(resolverOf(1, 1))({ transport: 'websocket', webSocketUrl }))
    return mechanism
  }

  test('is used where its type is announced, and not guessed: TLS may end before the server', async () => {
    const types = "<sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'><channel-binding type='tls-exporter'/></sasl-channel-binding>" // prettier-ignore
    expect(await used(types)).toBe('SCRAM-SHA-1-PLUS')
    expect(await used('')).toBe('SCRAM-SHA-1')
  })
})

describe('a hostile host-meta, where WebSocket is chosen', () => {
  const refusalOf = async (answer: RequestListener, tls = certificates, limits = {}): Promise<string> => {
    const web = await startWeb(answer, tls)
    const connect = connectorOf(resolverOf(1, web.port), limits)
    return (await problemOf(connect({ transport: 'websocket' }))).code
  }
  const saying = (text: string | Buffer, headers = {}): RequestListener => {
    return (_request, response) => void response.writeHead(200, headers).end(text)
  }
  const redirecting = (to: (path: string) => string): RequestListener => {
    return (request, response) => void response.writeHead(302, { location: to(request.url ?? '') }).end()
  }

  test.each<[string, RequestListener, string]>([
    ['none', (_request, response) => void response.writeHead(404).end(), 'no-web-socket'],
    ['one without addresses', serveXrd(() => xrdOf()), 'no-web-socket'],
    ['one without encryption', serveXrd(() => xrdOf('ws://127.0.0.1/')), 'no-tls'],
    ['a script', serveXrd(() => xrdOf('javascript:alert(1)')), 'no-tls'],
    ['a web page', saying('<!DOCTYPE html><html></html>', { 'content-type': 'text/html' }), 'no-web-socket'],
    ['zeros', saying(Buffer.alloc(1000)), 'no-web-socket'],
    ['too much', saying('x'.repeat(100_000)), 'protocol'],
    ['something compressed', saying('x', { 'content-encoding': 'gzip' }), 'protocol'],
    ['a server in trouble', (_request, response) => void response.writeHead(500).end(), 'protocol'],
    ['a redirect without TLS', redirecting((path) => `http://127.0.0.1${path}`), 'protocol'],
    ['a redirect to a file', redirecting(() => 'file:///etc/passwd'), 'protocol'],
    ['a redirect with a password', redirecting(() => 'https://a:b@127.0.0.1/'), 'protocol'],
    ['a redirect to nowhere', redirecting(() => 'https://'), 'protocol'],
    ['redirects without end', redirecting((path) => path), 'protocol'],
    ['a connection that breaks', (request) => void request.socket.destroy(), 'network'],
  ])('%s is a refusal', async (_name, answer, code) => {
    expect(await refusalOf(answer)).toBe(code)
  })

  test('one that never ends is given up', async () => {
    const trickle: RequestListener = (_request, response) => {
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
    }
    expect(await refusalOf(trickle, certificates, { lookup: 300 })).toBe('timeout')
  })

  test('one with the certificate of somebody else is not read', async () => {
    expect(
      await refusalOf(
        serveXrd(() => xrdOf('wss://127.0.0.1/')),
        forOther,
      ),
    ).toBe('certificate')
  })

  test('a redirect to https is followed', async () => {
    const ws = await startServer('websocket')
    const xrd = serveXrd(() => xrdOf(`wss://127.0.0.1:${ws.port}/`))
    const web = await startWeb((request, response) => {
      if (request.url?.startsWith('/moved') !== true)
        return redirecting((path) => `/moved${path}`)(request, response)
      request.url = request.url.slice('/moved'.length)
      xrd(request, response)
    })
    const stream = await connectorOf(resolverOf(1, web.port))({ transport: 'websocket' })
    await stream.close()
  })
})
