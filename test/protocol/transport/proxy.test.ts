/** Through SOCKS5 and HTTP proxies: what arrives there, what never goes beside them, and what they may do wrong. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ProxyOptions } from '../../../src-main/model/account.ts'
import { getPage } from '../../../src-main/protocol/transport/page-get.ts'
import { createProbe } from '../../../src-main/protocol/transport/xmpp-client.ts'
import type { ServerResolver } from '../../../src-main/protocol/xep-0368-direct-tls.ts'
import { serveXrd, startHostMeta, xrdOf } from '../../helpers/host-meta.ts'
import { startHttpProxy, startSocks5, type TestProxy, type TestProxyOptions } from '../../helpers/proxies.ts'
import { certificatesFor, DOMAIN, startScripted, type ScriptedServer } from '../../helpers/scripted-server.ts'
import { connectOurs, problemOf, type OurOptions } from './fixtures.ts'

const ONION = 'abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvwx.onion'
const starts = { socks5: startSocks5, http: startHttpProxy } as const
type Kind = ProxyOptions['kind']

let certificates: ReturnType<typeof certificatesFor>
const open: { close(): Promise<void> }[] = []
let lookups: string[] = []
beforeAll(() => void (certificates = certificatesFor(DOMAIN, ONION)))
afterAll(() => certificates.dispose())
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
  lookups = []
})

/** Every question that this computer asks is a leak. */
const leaky: ServerResolver = {
  resolveSrv: (name) => {
    lookups.push(name)
    return Promise.resolve([])
  },
  lookup: (name, _options, callback) => {
    lookups.push(name)
    callback(new Error('asked'), [])
  },
}

async function start(kind: Kind, options: Partial<TestProxyOptions> = {}) {
  const server: ScriptedServer = await startScripted(
    async (client) => {
      await client.startTls()
      await client.signIn()
      await client.closed
    },
    { certificates },
  )
  const proxy: TestProxy = await starts[kind]({ resolve: () => server.port, ...options })
  open.push(server, proxy)
  return { server, proxy, where: { kind, host: '127.0.0.1', port: proxy.port } as ProxyOptions }
}

const signIn = (proxy: ProxyOptions, options: OurOptions = {}) =>
  connectOurs(5222, {
    ...{
      ca: certificates.ca,
      host: undefined,
      port: undefined,
      security: 'starttls',
      resolver: leaky,
      proxy,
    },
    ...options,
  })

describe.each(['socks5', 'http'] as const)('%s', (kind) => {
  test('signs in by it, and nothing is looked up here: neither SRV nor address', async () => {
    const { proxy, where } = await start(kind)
    const stream = await signIn(where)
    expect(proxy.asked).toEqual([`name ${DOMAIN} 5222`])
    expect(lookups).toEqual([])
    await stream.close()
  })

  test('a name that only the proxy knows (.onion)', async () => {
    const { proxy, where } = await start(kind)
    const stream = await signIn(where, { host: ONION, port: 5222 })
    expect(proxy.asked).toEqual([`name ${ONION} 5222`])
    expect(lookups).toEqual([])
    await stream.close()
  })

  test('a name and a password are given, and only these open it', async () => {
    const { where, proxy } = await start(kind, { username: 'romeo', password: 'wherefore' })
    const known = { ...where, username: 'romeo' }
    await (await signIn(known, { proxyPassword: 'wherefore' })).close()
    expect((await problemOf(signIn(known, { proxyPassword: 'wrong' }))).code).toBe('proxy')
    expect((await problemOf(signIn(where))).code).toBe('proxy')
    expect(proxy.asked).toHaveLength(1)
  })

  test('it knows no way: said so, and no other is tried', async () => {
    const { server, where } = await start(kind, { resolve: () => undefined })
    expect((await problemOf(signIn(where))).code).toBe('proxy')
    expect(server.connections).toBe(0)
    expect(lookups).toEqual([])
  })

  test('it is not there: the same', async () => {
    const { server, proxy, where } = await start(kind)
    await proxy.close()
    const straight = signIn(where, { host: '127.0.0.1', port: server.port })
    expect((await problemOf(straight)).code).toBe('proxy')
    expect(server.connections).toBe(0)
  })

  test.each([
    ['nothing that is an answer', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['one that never ends', 'x'.repeat(100_000)],
    ['bytes of zero', Buffer.alloc(64)],
  ])('it says %s', async (_name, says) => {
    const { where, server } = await start(kind, { says })
    expect(['proxy', 'timeout']).toContain(
      (await problemOf(signIn(where, { limits: { connect: 2000 } }))).code,
    )
    expect(server.connections).toBe(0)
  })

  test('the server’s own certificate is asked for: a proxy is no server', async () => {
    const { where } = await start(kind)
    expect((await problemOf(signIn(where, { ca: certificatesFor('x.test').ca }))).code).toBe('certificate')
  })

  test('the probe of the setup screen goes by it too', async () => {
    const { proxy, where } = await start(kind)
    const probe = createProbe({ ca: [certificates.ca], resolver: leaky })
    expect(await probe(DOMAIN, { security: 'starttls', proxy: where })).toMatchObject({ reachable: true })
    expect(proxy.asked).toEqual([`name ${DOMAIN} 5222`])
    expect(lookups).toEqual([])
  })

  test('WebSocket, and the host-meta file that names it, go by it too', async () => {
    const socket = await startScripted((client) => client.signIn(), { certificates, wire: 'websocket' })
    const web = await startHostMeta(
      certificates,
      serveXrd(() => xrdOf(`wss://${DOMAIN}:8443/xmpp`)),
    )
    open.push(socket, web)
    const resolve = (_host: string, port: number): number | undefined =>
      ({ 443: web.port, 8443: socket.port })[port]
    const { proxy, where } = await start(kind, { resolve })
    const stream = await signIn(where, { transport: 'websocket' })
    expect(stream.transport).toBe('websocket')
    expect(new Set(proxy.asked)).toEqual(new Set([`name ${DOMAIN} 443`, `name ${DOMAIN} 8443`]))
    expect(lookups).toEqual([])
    await stream.close()
  })

  test('a page that the user wants goes by it too', async () => {
    const { proxy, where } = await start(kind, { resolve: () => undefined })
    expect(await getPage('https://page.example/x', { ca: [], resolver: leaky, proxy: where })).toBeUndefined()
    expect(proxy.asked).toEqual(['name page.example 443'])
    expect(lookups).toEqual([])
  })
})
