/**
 * Our transport against Prosody 13: what no server of Debian 12 has. SASL2 (XEP-0388), Bind 2 (XEP-0386), SCRAM bound
 * to the TLS channel (RFC 9266, XEP-0440).
 */
import element from '@xmpp/xml'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import tls, { type TLSSocket } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Security } from '../../src-main/model/account.ts'
import { parseBareJid } from '../../src-main/model/jid.ts'
import type { Stream } from '../../src-main/protocol/stream.ts'
import { createConnect } from '../../src-main/protocol/transport/xmpp-client.ts'
import { connectPeer } from '../helpers/peer.ts'
import type { Prosody } from '../helpers/prosody.ts'
import { startProsody13 } from '../helpers/prosody13.ts'
import { startTcpProxy } from '../helpers/tcp-proxy.ts'

type Way = Exclude<Security, 'automatic'> | 'websocket'

interface SignIn {
  readonly port?: number
  readonly way?: Way
  readonly password?: string
}

let server: Prosody
let sent: string[] = []
const open: Stream[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((stream) => stream.close()))
})

async function start(passwordHash: 'SHA-1' | 'SHA-256'): Promise<void> {
  server = await startProsody13({ passwordHash })
  for (const name of ['romeo', 'juliet']) server.addUser(name, 'but soft')
}

function portOf(way: Way): number {
  return { starttls: server.port, 'direct-tls': server.tlsPort, websocket: server.httpsPort }[way]
}

/** As romeo, with what was written to the server kept in `sent`. */
async function signIn({
  way = 'direct-tls',
  port = portOf(way),
  password = 'but soft',
}: SignIn = {}): Promise<Stream> {
  sent = []
  const jid = parseBareJid(`romeo@${server.domain}`)
  if (jid === undefined) throw new Error('not an address')
  const connect = createConnect({
    ca: [readFileSync(server.caFile, 'utf8')],
    limits: { resumePause: 100 },
    onTraffic: (direction, text) => void (direction === 'out' && sent.push(text)),
  })
  const never = new AbortController()
  const stream = await connect({
    jid,
    password,
    resource: 'Linnet',
    ...(way === 'websocket'
      ? { transport: way, webSocketUrl: `wss://127.0.0.1:${port}/xmpp-websocket`, security: 'automatic' }
      : { host: '127.0.0.1', port, security: way }),
    signal: never.signal,
    onStep: () => undefined,
  })
  open.push(stream)
  return stream
}

describe.each([
  ['SHA-1', 'SCRAM-SHA-1-PLUS'],
  ['SHA-256', 'SCRAM-SHA-256-PLUS'],
] as const)('passwords kept as %s', (hash, mechanism) => {
  beforeAll(() => start(hash))
  afterAll(() => server.dispose())

  test.each(['direct-tls', 'starttls', 'websocket'] as const)(
    '%s: signs in by SASL2, bound to the channel',
    async (way) => {
      const stream = await signIn({ way })
      expect(stream).toMatchObject({ mechanism, tls: 'TLSv1.3' })
      expect(sent.filter((text) => text.includes('urn:xmpp:sasl:2')).length).toBeGreaterThan(0)
      expect(sent.filter((text) => text.includes('urn:ietf:params:xml:ns:xmpp-sasl'))).toEqual([])
    },
  )

  const ways = ['direct-tls', 'websocket'] as const
  test.each(ways)('%s: Bind 2 gives resource and stream management in the same round trip', async (way) => {
    const stream = await signIn({ way })
    expect(stream.jid).toMatch(/^romeo@chat\.test\/Linnet/)
    expect(sent.filter((text) => /xmpp-bind|<enable /.test(text))).toEqual([])
    const acknowledged = new Promise<string>((resolve) => stream.onAck(resolve))
    stream.send(
      element(
        'message',
        { to: `juliet@${server.domain}`, id: 'm1', type: 'chat' },
        element('body', {}, 'Ay'),
      ),
    )
    expect(await acknowledged).toBe('m1')
  })

  test('a wrong password is said to be one', async () => {
    await expect(signIn({ password: 'but hard' })).rejects.toMatchObject({ problem: { code: 'credentials' } })
  })

  test.each(ways)('%s: a cut stream is resumed, and what was on its way comes once', async (way) => {
    const cable = await startTcpProxy(portOf(way))
    const stream = await signIn({ way, port: cable.port })
    const bodies: string[] = []
    stream.onStanza((stanza) => {
      const body = stanza.getChildText('body')
      if (body !== null) bodies.push(body)
    })
    stream.send(element('presence'))
    const juliet = await connectPeer(server, 'juliet', 'but soft')
    const resumed = new Promise<void>((resolve) => stream.onResumed(resolve))
    cable.cut()
    juliet.say(stream.ownBareJid, 'Three words')
    await resumed
    juliet.say(stream.ownBareJid, 'and good night')
    await expect.poll(() => bodies).toEqual(['Three words', 'and good night'])
    juliet.close()
    await stream.close()
    await cable.close()
  })

  test.each(ways)('%s: one in the middle with a trusted certificate can not sign in for us', async (way) => {
    const middle = await startMiddle(portOf(way))
    await expect(signIn({ way, port: middle.port })).rejects.toThrow(mechanism)
    await middle.close()
    expect((await signIn({ way })).mechanism).toBe(mechanism)
  })
})

/** Ends the TLS of the client with the server's own key and goes on to the server in a TLS session of its own. */
async function startMiddle(serverPort: number): Promise<{ port: number; close(): Promise<void> }> {
  const read = (name: string): Buffer => readFileSync(join(server.folder, name))
  const sockets: TLSSocket[] = []
  const middle = tls.createServer({ cert: read('server.crt'), key: read('server.key') }, (client) => {
    const onward = tls.connect({
      host: '127.0.0.1',
      port: serverPort,
      servername: server.domain,
      ca: read('ca.crt'),
    })
    for (const socket of [client, onward]) socket.on('error', () => undefined)
    client.pipe(onward).pipe(client)
    sockets.push(client, onward)
  })
  await new Promise<void>((resolve) => middle.listen(0, '127.0.0.1', resolve))
  return {
    port: (middle.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => middle.close(resolve))
    },
  }
}
