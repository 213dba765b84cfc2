/**
 * Ways to sign in that few servers have, on those that have them: downgrade protection (XEP-0474), tokens (XEP-0484) and
 * upgrades (XEP-0480), on Prosody 13 and ejabberd.
 */
import { readFileSync } from 'node:fs'
import { connect as connectTcp, type AddressInfo } from 'node:net'
import tls, { type TLSSocket } from 'node:tls'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import type { Stream, StreamCredentials } from '../../src-main/protocol/stream.ts'
import { createConnect, createRevoke } from '../../src-main/protocol/transport/xmpp-client.ts'
import type { FastToken, FastTokens } from '../../src-main/protocol/xep-0484-fast.ts'
import { startEjabberd } from '../helpers/ejabberd.ts'
import { freePorts } from '../helpers/free-ports.ts'
import { startProsody13 } from '../helpers/prosody13.ts'

const PASSWORD = 'but soft'

interface Server {
  readonly domain: string
  readonly folder: string
  readonly caFile: string
  readonly tlsPort: number
  dispose(): Promise<void>
}

type Wish = Partial<StreamCredentials> & { readonly port?: number; readonly sent?: string[] }

/** As romeo, over direct TLS. */
function signIn(server: Server, { port = server.tlsPort, sent, ...wish }: Wish = {}): Promise<Stream> {
  const connect = createConnect({
    ca: [readFileSync(server.caFile, 'utf8')],
    onTraffic: (direction, text) => void (direction === 'out' && sent?.push(text)),
  })
  return connect({
    ...{ jid: `romeo@${server.domain}` as BareJid, password: PASSWORD, resource: 'garden' },
    ...{ host: '127.0.0.1', port, security: 'direct-tls' },
    ...{ signal: new AbortController().signal, onStep: () => undefined },
    ...wish,
  })
}

/** A keyring of one token. */
function createBox(): FastTokens & { token: FastToken | undefined; uses: number; drops: number } {
  const box = {
    token: undefined as FastToken | undefined,
    uses: 0,
    drops: 0,
    take: () => box.token && { ...box.token, count: ++box.uses },
    keep: (token: FastToken) => void (box.token = token),
    drop: () => {
      box.token = undefined
      box.drops += 1
    },
  }
  return box
}

const servers: readonly (readonly [string, () => Promise<Server>])[] = [
  [
    'Prosody 13',
    async () => {
      const server = await startProsody13({
        extraModules: ['sasl2_fast', 'sasl_ssdp'],
        passwordHash: 'SHA-256',
      })
      server.addUser('romeo', PASSWORD)
      return server
    },
  ],
  [
    'ejabberd',
    async () => {
      const server = await startEjabberd({ tokens: true })
      await server.addUser('romeo', PASSWORD)
      return server
    },
  ],
]

describe.each(servers)('%s', (_name, start) => {
  let server: Server
  beforeAll(async () => void (server = await start()))
  afterAll(() => server.dispose())

  test('it confirms what it offers; what was stronger once is not missed then', async () => {
    const stream = await signIn(server)
    expect(stream).toMatchObject({ offerProven: true })
    await stream.close()
  })

  test('somebody with its key on the way takes out what is bound: nothing is signed in to', async () => {
    const middle = await startMiddle(server, (text) =>
      text.replace(/<mechanism>[^<]*-PLUS<\/mechanism>/g, ''),
    )
    await expect(signIn(server, { port: middle.port })).rejects.toThrow('tampered')
    await middle.close()
  })

  test('a token signs in without the password, each time; the server is told the number of each use', async () => {
    const tokens = createBox()
    const first = await signIn(server, { tokens })
    expect(first.mechanism).toMatch(/^SCRAM-/)
    expect(tokens.token).toMatchObject({ mechanism: 'HT-SHA-256-EXPR' })
    expect(tokens.token?.expiresAt).toBeGreaterThan(Date.now())
    await first.close()
    for (const uses of [1, 2]) {
      const again = await signIn(server, { tokens, password: 'not this one' })
      expect(again).toMatchObject({ mechanism: 'HT-SHA-256-EXPR', tls: 'TLSv1.3' })
      expect(again.session).toBeDefined()
      expect(tokens).toMatchObject({ uses, drops: 0 })
      await again.close()
    }
  })

  test('a token that is none is dropped, and the password is good on the same stream', async () => {
    const tokens = createBox()
    tokens.keep({ mechanism: 'HT-SHA-256-EXPR', token: 'made up', expiresAt: Date.now() + 60_000 })
    const stream = await signIn(server, { tokens })
    expect(stream.mechanism).toMatch(/^SCRAM-/)
    expect(tokens.drops).toBe(1)
    expect(tokens.token?.token).not.toBe('made up')
    await stream.close()
  })

  test('a token that was given back is good for nothing', async () => {
    const tokens = createBox()
    await (await signIn(server, { tokens })).close()
    // The first use makes it the current one.
    await (await signIn(server, { tokens, password: 'not this one' })).close()
    const revoke = createRevoke({ ca: [readFileSync(server.caFile, 'utf8')] })
    await revoke({
      ...{ jid: `romeo@${server.domain}` as BareJid, resource: 'garden', tokens },
      ...{
        host: '127.0.0.1',
        port: server.tlsPort,
        security: 'direct-tls',
        signal: new AbortController().signal,
      },
    })
    await expect(signIn(server, { tokens, password: 'not this one' })).rejects.toThrow('credentials')
    expect(tokens.drops).toBe(1)
  })
})

describe('ejabberd', () => {
  test('an upgrade that would lock the account out is not asked for', async () => {
    const server = await startEjabberd({ upgrades: true, hosts: { old: { keptAs: 'sha' } } })
    const domain = `old.${server.domain}`
    await server.addUser('romeo', PASSWORD, domain)
    for (let times = 0; times < 2; times += 1) {
      const stream = await signIn(server, { jid: `romeo@${domain}` as BareJid })
      expect(stream.mechanism).toBe('SCRAM-SHA-1-PLUS')
      await stream.close()
    }
    await server.dispose()
  })

  test("behind a proxy that ends TLS it signs in, though it can't read that nothing can be bound", async () => {
    const [plainPort = 0] = await freePorts(1)
    const server = await startEjabberd({ plainPort })
    await server.addUser('romeo', PASSWORD)
    const proxy = await startEnd(server, plainPort)
    const sent: string[] = []
    const stream = await signIn(server, { port: proxy.port, sent })
    expect(stream).toMatchObject({ mechanism: 'SCRAM-SHA-512', offerProven: true })
    expect(sent.filter((text) => /^<(auth|authenticate) /.test(text))).toHaveLength(2)
    await stream.close()
    await expect(signIn(server, { port: proxy.port, password: 'wrong' })).rejects.toThrow('credentials')
    await proxy.close()
    await server.dispose()
  })
})

interface Middle {
  readonly port: number
  close(): Promise<void>
}

/** Ends the TLS of the client with the server's own key; `onward` opens what goes on from there. */
async function startTlsEnd(
  server: Server,
  onward: () => NodeJS.ReadWriteStream,
  change: (text: string) => string,
): Promise<Middle> {
  const read = (name: string): Buffer => readFileSync(join(server.folder, name))
  const sockets: { destroy(): void }[] = []
  const options = { cert: read('server.crt'), key: read('server.key'), ALPNProtocols: ['xmpp-client'] }
  const end = tls.createServer(options, (client: TLSSocket) => {
    const on = onward()
    for (const socket of [client, on]) socket.on('error', () => undefined)
    client.pipe(on)
    on.on('data', (data: Buffer) => void client.write(change(data.toString())))
    on.on('end', () => client.end())
    sockets.push(client, on as unknown as TLSSocket)
  })
  await new Promise<void>((resolve) => end.listen(0, '127.0.0.1', resolve))
  return {
    port: (end.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => end.close(resolve))
    },
  }
}

const startEnd = (server: Server, port: number): Promise<Middle> =>
  startTlsEnd(server, () => connectTcp(port, '127.0.0.1'), String)

/** An attacker: on to the server goes TLS of its own. */
function startMiddle(server: Server, change: (text: string) => string): Promise<Middle> {
  const ca = readFileSync(server.caFile)
  const onward = { host: '127.0.0.1', port: server.tlsPort, servername: server.domain, ca }
  return startTlsEnd(server, () => tls.connect(onward), change)
}
