/** Our transport against Prosody 13 where it does less than it could: SASL2 without Bind 2, and no SASL2 at all. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import type { Stream } from '../../src-main/protocol/stream.ts'
import { createConnect } from '../../src-main/protocol/transport/xmpp-client.ts'
import { xml } from '../../src-main/protocol/xml.ts'
import { startLiveApp } from '../helpers/live-app.ts'
import { connectPeer } from '../helpers/peer.ts'
import type { Prosody } from '../helpers/prosody.ts'
import { startProsody13 } from '../helpers/prosody13.ts'
import { startTcpProxy } from '../helpers/tcp-proxy.ts'

let server: Prosody
beforeAll(async () => {
  server = await startProsody13({ passwordHash: 'SHA-256' })
  server.addUser('romeo', 'but soft')
  server.addUser('juliet', 'j')
})
afterAll(() => server.dispose())

interface Wish {
  readonly bind2: boolean
  readonly port?: number
  readonly strongestSeen?: string
  readonly sent?: string[]
}

function signIn({ bind2, port = server.tlsPort, strongestSeen, sent }: Wish): Promise<Stream> {
  const connect = createConnect({
    ca: [readFileSync(server.caFile, 'utf8')],
    bind2,
    limits: { resumePause: 100 },
    onTraffic: (direction, text) => void (direction === 'out' && sent?.push(text)),
  })
  return connect({
    jid: 'romeo@chat.test' as BareJid,
    password: 'but soft',
    resource: 'garden',
    host: '127.0.0.1',
    port,
    security: 'direct-tls',
    strongestSeen,
    signal: new AbortController().signal,
    onStep: () => undefined,
  })
}

test('SASL2, then binding and stream management of their own; resumed inside SASL2', async () => {
  const sent: string[] = []
  const cable = await startTcpProxy(server.tlsPort)
  const stream = await signIn({ bind2: false, port: cable.port, sent })
  expect(stream).toMatchObject({
    jid: 'romeo@chat.test/garden',
    mechanism: 'SCRAM-SHA-256-PLUS',
    features: { rosterVersioning: true, preApproval: true, clientState: true, carbons: false },
  })
  expect(sent.join('')).toContain('xmpp-bind')
  expect(sent.join('')).toContain('<enable ')
  const resumed = new Promise<void>((resolve) => stream.onResumed(resolve))
  cable.cut()
  await resumed
  const acked = new Promise<string>((resolve) => stream.onAck(resolve))
  stream.send(xml('message', { to: 'juliet@chat.test', id: 'after', type: 'chat' }, xml('body', {}, 'x')))
  expect(await acked).toBe('after')
  await stream.close()
  await cable.close()
})

test.each([true, false])(
  'messages that came while nobody was there are delivered (Bind 2: %s)',
  async (bind2) => {
    const juliet = await connectPeer(server, 'juliet', 'j')
    const body = `with Bind 2 ${bind2}`
    juliet.say('romeo@chat.test', body)
    await juliet.request('get', xml('ping', { xmlns: 'urn:xmpp:ping' }), 'chat.test')
    juliet.close()
    const stream = await signIn({ bind2 })
    const got: (string | null)[] = []
    stream.onStanza((stanza) => got.push(stanza.getChildText('body')))
    stream.send(xml('presence'))
    await expect.poll(() => got).toContain(body)
    await stream.close()
  },
)

test('RFC 6121 §3.4: who was added may see us as soon as they ask; nobody is bothered', async () => {
  const romeo = await startLiveApp(server, 'romeo', 'but soft')
  const jid = 'juliet@chat.test' as BareJid
  const item = () => romeo.storage.findContact(romeo.accountId, jid)
  await romeo.app.addContact({ accountId: romeo.accountId, jid, name: 'Juliet', groups: [] })
  // Prosody keeps the approval without telling it (§2.1.2.1 is a SHOULD).
  await expect.poll(item).toMatchObject({ subscription: 'none', ask: true })
  const juliet = await connectPeer(server, 'juliet', 'j')
  juliet.send(xml('presence', { type: 'subscribe', to: romeo.jid }))
  await juliet.waitFor((stanza) => stanza.is('presence') && stanza.attrs.type === 'subscribed')
  await expect.poll(item).toMatchObject({ subscription: 'from', ask: true })
  expect(romeo.storage.listRequests()).toEqual([])
  juliet.close()
  await romeo.close()
})

test('signing in again demands what was seen before', async () => {
  const stream = await signIn({ bind2: true })
  await stream.close()
  const again = await signIn({ bind2: true, strongestSeen: stream.mechanism })
  expect(again.mechanism).toBe('SCRAM-SHA-256-PLUS')
  await again.close()
  await expect(signIn({ bind2: true, strongestSeen: 'SCRAM-SHA-512-PLUS' })).rejects.toThrow('no-mechanism')
})
