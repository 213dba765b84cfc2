/** Finding a server (RFC 6120 §3.2, RFC 2782, XEP-0368): faults of @xmpp/resolve 0.14 shown, and ours beside them. */
import dns, { type SrvRecord } from 'node:dns'
import { createServer, type AddressInfo, type LookupFunction, type Server } from 'node:net'
import { resolve as libraryResolve } from '@xmpp/resolve/lib/dns.js'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { StreamFailure } from '../../../src-main/protocol/errors.ts'
import { findTargets, type ServerResolver } from '../../../src-main/protocol/xep-0368-direct-tls.ts'
import { connectOurs, problemOf } from './fixtures.ts'
import { certificatesFor, DOMAIN, startScripted } from '../../helpers/scripted-server.ts'

type Answer = SrvRecord[] | string
interface Zone {
  readonly direct?: Answer
  readonly starttls?: Answer
}

const record = (name: string, port: number, priority = 10, weight = 0): SrvRecord => ({
  name,
  port,
  priority,
  weight,
})
const failed = (code: string): Error => Object.assign(new Error(code), { code })

function resolverOf(zone: Zone): ServerResolver & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    resolveSrv: (name) => {
      asked.push(name)
      const answer = (name.startsWith('_xmpps-') ? zone.direct : zone.starttls) ?? 'ENOTFOUND'
      return typeof answer === 'string' ? Promise.reject(failed(answer)) : Promise.resolve(answer)
    },
  }
}

async function targetsOf(
  zone: Zone,
  options: Partial<Parameters<typeof findTargets>[1]> = {},
  random = 0,
): Promise<string[]> {
  // prettier-ignore
  const targets = await findTargets(DOMAIN, { security: 'automatic', ...options }, resolverOf(zone), () => random)
  return targets.map(({ host, port, directTls }) => `${directTls ? 'tls' : 'tcp'} ${host}:${port}`)
}

describe('8: SRV with the library', () => {
  /** What its resolver makes of a zone; it asks node:dns. */
  async function libraryTargets(zone: Zone, addresses: Record<string, string>): Promise<string[]> {
    vi.spyOn(dns, 'resolveSrv').mockImplementation(((name: string, done: (error: Error | null, records?: SrvRecord[]) => void) => {
      resolverOf(zone).resolveSrv(name).then((records) => done(null, records), done)
    }) as typeof dns.resolveSrv) // prettier-ignore
    vi.spyOn(dns, 'lookup').mockImplementation(((host: string, _options: object, done: (error: Error | null, found?: object[]) => void) => {
      const address = addresses[host]
      if (address === undefined) done(failed('ENOTFOUND'))
      else done(null, [{ address, family: 4 }])
    }) as unknown as typeof dns.lookup) // prettier-ignore
    const srv = ['xmpps-client', 'xmpp-client'].map((service) => ({ service, protocol: 'tcp' }))
    const found = (await libraryResolve(DOMAIN, { srv })) as { uri: string }[]
    return found.map(({ uri }) => uri)
  }
  afterEach(() => void vi.restoreAllMocks())

  test('a domain that has no address itself is not found, however good its SRV records', async () => {
    const zone = { starttls: [record('xmpp.chat.test', 5222)] }
    await expect(libraryTargets(zone, { 'xmpp.chat.test': '192.0.2.1' })).rejects.toThrow('ENOTFOUND')
    expect(await targetsOf(zone)).toEqual(['tcp xmpp.chat.test:5222'])
  })

  test('one failing look-up fails all', async () => {
    const zone = { direct: 'ESERVFAIL', starttls: [record('xmpp.chat.test', 5222)] }
    await expect(libraryTargets(zone, { 'chat.test': '192.0.2.1', 'xmpp.chat.test': '192.0.2.1' })).rejects.toThrow('ESERVFAIL') // prettier-ignore
    expect(await targetsOf(zone)).toEqual(['tcp xmpp.chat.test:5222'])
  })

  test('one target without an address fails all', async () => {
    const zone = { starttls: [record('gone.chat.test', 5222, 1), record('xmpp.chat.test', 5222, 2)] }
    await expect(libraryTargets(zone, { 'chat.test': '192.0.2.1', 'xmpp.chat.test': '192.0.2.1' })).rejects.toThrow('ENOTFOUND') // prettier-ignore
    expect(await targetsOf(zone)).toEqual(['tcp gone.chat.test:5222', 'tcp xmpp.chat.test:5222'])
  })

  test('the target "." is taken for a host, and the domain is tried all the same', async () => {
    const zone = { direct: [record('.', 0)], starttls: [record('.', 0)] }
    const found = await libraryTargets(zone, { 'chat.test': '192.0.2.1', '.': '192.0.2.9' })
    expect(found).toContain('xmpp://192.0.2.1:5222')
    await expect(targetsOf(zone)).rejects.toMatchObject({ problem: { code: 'no-such-server' } })
  })

  test('there is no lottery: the heaviest is always first', async () => {
    const zone = { starttls: [record('light.test', 5222, 10, 1), record('heavy.test', 5222, 10, 9)] }
    const found = await libraryTargets(zone, { 'chat.test': '192.0.2.1', 'light.test': '192.0.2.2', 'heavy.test': '192.0.2.3' }) // prettier-ignore
    expect(found[0]).toBe('xmpp://192.0.2.3:5222')
    expect((await targetsOf(zone, {}, 0))[0]).toBe('tcp light.test:5222')
    expect((await targetsOf(zone, {}, 0.99))[0]).toBe('tcp heavy.test:5222')
  })
})

describe('targets', () => {
  test('lie in the order of priority, direct TLS first among equals', async () => {
    const zone = {
      direct: [record('d20', 1, 20), record('d10', 2, 10)],
      starttls: [record('s5', 3, 5), record('s10', 4, 10)],
    }
    expect(await targetsOf(zone)).toEqual(['tcp s5:3', 'tls d10:2', 'tcp s10:4', 'tls d20:1'])
  })

  test('are drawn by weight: over many draws as often as it says', async () => {
    const zone = { starttls: [record('one', 1, 10, 10), record('three', 1, 10, 30)] }
    let first = 0
    for (let i = 0; i < 1000; i += 1) {
      if ((await targetsOf(zone, {}, i / 1000))[0] === 'tcp three:1') first += 1
    }
    expect(first).toBeGreaterThan(700)
    expect(first).toBeLessThan(800)
  })

  test.each<[string, Zone, object, string[]]>([
    ['no records: the domain, both ports', {}, {}, ['tcp chat.test:5222', 'tls chat.test:5223']],
    [
      'both look-ups fail: the domain',
      { direct: 'ETIMEOUT', starttls: 'ESERVFAIL' },
      {},
      ['tcp chat.test:5222', 'tls chat.test:5223'],
    ],
    ['direct TLS refused by DNS', { direct: [record('.', 0)] }, {}, ['tcp chat.test:5222']],
    ['STARTTLS refused by DNS', { direct: [record('a', 1)], starttls: [record('', 0)] }, {}, ['tls a:1']],
    [
      'direct TLS wanted',
      { direct: [record('a', 1)], starttls: [record('b', 2)] },
      { security: 'direct-tls' },
      ['tls a:1'],
    ],
    [
      'STARTTLS wanted',
      { direct: [record('a', 1)], starttls: [record('b', 2)] },
      { security: 'starttls' },
      ['tcp b:2'],
    ],
    ['direct TLS wanted, no records', {}, { security: 'direct-tls' }, ['tls chat.test:5223']],
    [
      'a host',
      { starttls: [record('b', 2)] },
      { host: 'xmpp.test' },
      ['tcp xmpp.test:5222', 'tls xmpp.test:5223'],
    ],
    ['a host and direct TLS', {}, { host: 'xmpp.test', security: 'direct-tls' }, ['tls xmpp.test:5223']],
    ['a host and STARTTLS', {}, { host: 'xmpp.test', security: 'starttls' }, ['tcp xmpp.test:5222']],
    ['a host and a port', {}, { host: 'xmpp.test', port: 443 }, ['tls xmpp.test:443', 'tcp xmpp.test:443']],
    ['a port alone', {}, { port: 5299 }, ['tcp chat.test:5299', 'tls chat.test:5299']],
    ['an IPv6 address', {}, { host: '[2001:db8::1]', security: 'starttls' }, ['tcp 2001:db8::1:5222']],
    ['a host in Chinese', {}, { host: '例え.test', security: 'starttls' }, ['tcp xn--r8jz45g.test:5222']],
  ])('%s', async (_name, zone, options, expected) => {
    expect(await targetsOf(zone, options)).toEqual(expected)
  })

  test('a domain in Chinese is asked for in ASCII; a name without a dot is not asked for', async () => {
    const resolver = resolverOf({})
    await findTargets('例え.test', { security: 'automatic' }, resolver)
    expect(resolver.asked).toEqual([
      '_xmpps-client._tcp.xn--r8jz45g.test',
      '_xmpp-client._tcp.xn--r8jz45g.test',
    ])
    await findTargets('localhost', { security: 'automatic' }, resolver)
    expect(resolver.asked).toHaveLength(2)
  })

  test('are a dozen at most', async () => {
    const many = Array.from({ length: 50 }, (_, i) => record(`h${i}`, 5222, i))
    expect(await targetsOf({ starttls: many })).toHaveLength(12)
  })
})

describe('one target after the other', () => {
  const certificates = certificatesFor(DOMAIN)
  const servers: { close(): unknown }[] = []
  afterAll(() => certificates.dispose())
  afterEach(() => void servers.splice(0).forEach((server) => void server.close()))
  const { ca } = certificates
  const lookup = ((host: string, options: { all?: boolean }, done: (...args: unknown[]) => void) => {
    const found = host === 'v6.test' ? [{ address: '::1', family: 6 }, { address: '127.0.0.1', family: 4 }] : [{ address: '127.0.0.1', family: 4 }] // prettier-ignore
    if (host === 'gone.test') done(failed('ENOTFOUND'))
    else if (options.all === true) done(null, found)
    else done(null, found[0]?.address, found[0]?.family)
  }) as LookupFunction

  async function honest(): Promise<number> {
    const server = await startScripted(async (client) => {
      await client.startTls()
      await client.signIn()
    }, { certificates }) // prettier-ignore
    servers.push(server)
    return server.port
  }

  async function closedPort(): Promise<number> {
    const server: Server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    return port
  }

  const throughSrv = (
    starttls: SrvRecord[],
    direct: SrvRecord[] = [],
  ): Parameters<typeof connectOurs>[1] => ({
    ca,
    resolver: { ...resolverOf({ starttls, direct }), lookup },
    host: undefined,
    port: undefined,
    security: 'automatic',
    limits: { connect: 2000, tls: 500, step: 500 },
  })

  test('dead, unknown, silent and unencrypted ones are passed over', async () => {
    const mute = await startScripted(() => Promise.resolve(), { certificates })
    const plain = await startScripted((client) => client.greet(''), { certificates })
    servers.push(mute, plain)
    const records = [
      record('gone.test', 5222, 1),
      record('dead.test', await closedPort(), 2),
      record('mute.test', mute.port, 3),
      record('plain.test', plain.port, 4),
      record('good.test', await honest(), 6),
    ]
    const stream = await connectOurs(0, throughSrv(records, [record('mute.test', mute.port, 5)]))
    expect(stream.jid).toBe(`romeo@${DOMAIN}/x`)
    await stream.close()
  })

  test('when all fail, each reason is told', async () => {
    const records = [record('gone.test', 5222, 1), record('dead.test', await closedPort(), 2)]
    const problem = await problemOf(connectOurs(0, throughSrv(records)))
    expect(problem.code).toBe('refused')
    expect(problem.detail).toMatch(/gone\.test:5222: .*ENOTFOUND.*; dead\.test:\d+: .*ECONNREFUSED/)
  })

  test('a bad certificate is not papered over by the next', async () => {
    const other = certificatesFor('other.test')
    const wrong = await startScripted(() => Promise.resolve(), { certificates: other, secure: true })
    servers.push(wrong, { close: () => other.dispose() })
    const good = await honest()
    const options = throughSrv([record('good.test', good, 2)], [record('wrong.test', wrong.port, 1)])
    const problem = await problemOf(connectOurs(0, { ...options, ca: `${ca}\n${other.ca}` }))
    expect(problem).toMatchObject({
      code: 'certificate',
      certificate: { reason: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    })
  })

  test('a name with an IPv6 address where nobody listens leads to its IPv4 address', async () => {
    const stream = await connectOurs(0, throughSrv([record('v6.test', await honest())]))
    expect(stream.jid).toBe(`romeo@${DOMAIN}/x`)
    await stream.close()
  })

  test('a domain that nobody knows is no such server', async () => {
    const failing = connectOurs(0, { ...throughSrv([]), resolver: { ...resolverOf({}), lookup: ((_host, _options, done) => done(failed('ENOTFOUND'), '', 4)) } }) // prettier-ignore
    expect((await problemOf(failing)).code).toBe('no-such-server')
  })

  test('a resolver that never answers is given up', async () => {
    const resolver = { resolveSrv: () => new Promise<never>(() => undefined) }
    const failing = connectOurs(0, { ...throughSrv([]), resolver, limits: { lookup: 50 } })
    await expect(failing).rejects.toThrow(StreamFailure)
    expect((await problemOf(connectOurs(0, { ...throughSrv([]), resolver, limits: { lookup: 50 } }))).code).toBe('timeout') // prettier-ignore
  })
})
