/** Linnet against ejabberd 24.12: another server's reading of the same specifications. One server for the whole file. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConnectionProblem, Security } from '../../src-main/model/account.ts'
import { parseBareJid, type BareJid } from '../../src-main/model/jid.ts'
import { StreamFailure } from '../../src-main/protocol/errors.ts'
import type { Stream } from '../../src-main/protocol/stream.ts'
import { createConnect } from '../../src-main/protocol/transport/xmpp-client.ts'
import { xml, type Element } from '../../src-main/protocol/xml.ts'
import { startEjabberd, type Ejabberd } from '../helpers/ejabberd.ts'
import type { EjabberdHost } from '../helpers/ejabberd-config.ts'
import { startLiveApp, type LiveApp } from '../helpers/live-app.ts'
import { connectPeer, type Peer } from '../helpers/peer.ts'
import { startTcpProxy } from '../helpers/tcp-proxy.ts'

/** Without emoji: they are newer than SASLprep (RFC 4013), and ejabberd keeps no such password. */
const PASSWORD = 'pässwörd'
const WAIT = { timeout: 10_000 }

const SCRAM = ['1', '256', '512'].flatMap((size) => [`SCRAM-SHA-${size}`, `SCRAM-SHA-${size}-PLUS`])
/** One host for each mechanism that is not the strongest: the mechanism that it leaves us. */
const HOSTS: Readonly<Record<string, EjabberdHost & { readonly mechanism: string }>> = {
  'sha1-bound': { keptAs: 'sha', mechanism: 'SCRAM-SHA-1-PLUS' },
  'sha256-bound': { keptAs: 'sha256', mechanism: 'SCRAM-SHA-256-PLUS' },
  'sha512-bound': { keptAs: 'sha512', mechanism: 'SCRAM-SHA-512-PLUS' },
  sha1: { keptAs: 'sha', withoutMechanisms: ['SCRAM-SHA-1-PLUS'], mechanism: 'SCRAM-SHA-1' },
  sha256: { keptAs: 'sha256', withoutMechanisms: ['SCRAM-SHA-256-PLUS'], mechanism: 'SCRAM-SHA-256' },
  sha512: { keptAs: 'sha512', withoutMechanisms: ['SCRAM-SHA-512-PLUS'], mechanism: 'SCRAM-SHA-512' },
  plain: { keptAs: 'plain', withoutMechanisms: SCRAM, mechanism: 'PLAIN' },
}

let server: Ejabberd
beforeAll(async () => {
  server = await startEjabberd({ hosts: HOSTS })
  for (const host of Object.keys(HOSTS)) await server.addUser('romeo', PASSWORD, `${host}.${server.domain}`)
  for (const name of ['romeo', 'juliet', 'nurse']) await server.addUser(name, PASSWORD)
})
afterAll(() => server.dispose())

interface Wish {
  readonly domain?: string
  readonly name?: string
  readonly password?: string
  readonly security?: Security
  readonly port?: number
  readonly resource?: string
  readonly bind2?: boolean
  readonly strongestSeen?: string
  /** Over WebSocket, by this port. */
  readonly webPort?: number
  readonly sent?: string[]
}

function signIn({ domain = server.domain, name = 'romeo', sent, ...wish }: Wish = {}): Promise<Stream> {
  const { security = 'direct-tls', password = PASSWORD, resource = 'garden', bind2 = true } = wish
  const connect = createConnect({
    ca: [readFileSync(server.caFile, 'utf8')],
    limits: { resumePause: 100 },
    bind2,
    onTraffic: (direction, text) => void (direction === 'out' && sent?.push(text)),
  })
  return connect({
    jid: `${name}@${domain}` as BareJid,
    password,
    resource,
    ...(wish.webPort === undefined
      ? { host: '127.0.0.1', port: wish.port ?? (security === 'starttls' ? server.port : server.tlsPort) }
      : { transport: 'websocket', webSocketUrl: `wss://localhost:${wish.webPort}/ws` }),
    security,
    strongestSeen: wish.strongestSeen,
    signal: new AbortController().signal,
    onStep: () => undefined,
  })
}

async function problemOf(connecting: Promise<Stream>): Promise<ConnectionProblem> {
  const outcome = await connecting.catch((error: unknown) => error)
  if (!(outcome instanceof StreamFailure)) throw new Error('it did not fail as it should', { cause: outcome })
  return outcome.problem
}

const nextOf = <T>(subscribe: (listener: (value: T) => void) => void): Promise<T> => new Promise(subscribe)
const chat = (to: string, id: string): Element =>
  xml('message', { to, type: 'chat', id }, xml('body', {}, id))

describe('signing in', () => {
  test.each(Object.entries(HOSTS))('on a host that leaves one mechanism: %s', async (host, { mechanism }) => {
    for (const security of ['direct-tls', 'starttls'] as const) {
      const stream = await signIn({ domain: `${host}.${server.domain}`, security })
      expect(stream).toMatchObject({ mechanism, tls: 'TLSv1.3' })
      await stream.close()
    }
  })

  test('the strongest of all mechanisms is taken; SASL2 and Bind 2 do the rest at once', async () => {
    const sent: string[] = []
    const stream = await signIn({ sent })
    expect(stream.jid).toMatch(/^romeo@chat\.test\/Linnet/)
    expect(stream).toMatchObject({
      mechanism: 'SCRAM-SHA-512-PLUS',
      features: { rosterVersioning: true, preApproval: false },
    })
    expect(sent.join('')).toContain('urn:xmpp:sasl:2')
    expect(sent.filter((text) => /xmpp-bind|<enable /.test(text))).toEqual([])
    await stream.close()
  })

  test('without Bind 2 the resource is the one asked for', async () => {
    const stream = await signIn({ bind2: false })
    expect(stream.jid).toBe('romeo@chat.test/garden')
    await stream.close()
  })

  test('a wrong password, an unknown name', async () => {
    expect((await problemOf(signIn({ password: 'wrong' }))).code).toBe('credentials')
    expect((await problemOf(signIn({ name: 'nobody' }))).code).toBe('credentials')
  })

  test('a second sign-in with the same resource ends the first with a conflict', async () => {
    const first = await signIn({ resource: 'same', bind2: false })
    const closed = nextOf(first.onClosed)
    const second = await signIn({ resource: 'same', bind2: false })
    expect((await closed).code).toBe('conflict')
    await second.close()
  })
})

describe('stream management', () => {
  test('what the server has is acknowledged', async () => {
    const stream = await signIn()
    const acknowledged = nextOf(stream.onAck)
    stream.send(chat('juliet@chat.test', 'acknowledged'))
    expect(await acknowledged).toBe('acknowledged')
    await stream.close()
  })

  test('a cut stream is resumed; nothing is lost or doubled', async () => {
    const cable = await startTcpProxy(server.tlsPort)
    const juliet = await connectPeer(server, 'juliet', PASSWORD)
    const stream = await signIn({ port: cable.port })
    const [got, acked]: [(string | null)[], string[]] = [[], []]
    stream.onStanza((stanza) => void (stanza.getChild('body') && got.push(stanza.getChildText('body'))))
    stream.onAck((id) => acked.push(id))
    stream.send(xml('presence'))
    const said: string[] = []
    let resumptions = 0
    stream.onResumed(() => (resumptions += 1))
    for (let round = 0; round < 4; round += 1) {
      cable.cutAfter(round % 2 === 0 ? 'to-client' : 'to-server', 300 + 137 * round)
      for (let i = 0; i < 10; i += 1) {
        const id = `${round}-${i}`
        while (!stream.send(chat(juliet.bareJid, id))) await new Promise((done) => setTimeout(done, 20))
        juliet.say(stream.jid, id)
        said.push(id)
      }
      await expect.poll(() => resumptions, WAIT).toBeGreaterThan(round)
    }
    await expect.poll(() => acked, WAIT).toEqual(said)
    await expect.poll(() => got, WAIT).toEqual(said)
    expect(juliet.bodies().slice(-said.length)).toEqual(said)
    juliet.close()
    await stream.close()
    await cable.close()
  })
})

describe('over WebSocket', () => {
  test('signs in unbound, for TLS may end before the server, with what TCP had bound before', async () => {
    for (const strongestSeen of [undefined, 'SCRAM-SHA-512', 'SCRAM-SHA-512-PLUS']) {
      const stream = await signIn({ webPort: server.httpsPort, ...(strongestSeen && { strongestSeen }) })
      expect(stream).toMatchObject({ mechanism: 'SCRAM-SHA-512', tls: 'TLSv1.3' })
      await stream.close()
    }
  })

  test('a weaker hash than TCP had is taken where the server proves that it has no better', async () => {
    const weaker = await signIn({ domain: `sha256.${server.domain}`, webPort: server.httpsPort, strongestSeen: 'SCRAM-SHA-512-PLUS' }) // prettier-ignore
    expect(weaker).toMatchObject({ mechanism: 'SCRAM-SHA-256', offerProven: true })
    await weaker.close()
  })

  test('a cut stream is resumed, and what was on its way comes once', async () => {
    const cable = await startTcpProxy(server.httpsPort)
    const juliet = await connectPeer(server, 'juliet', PASSWORD)
    const stream = await signIn({ webPort: cable.port })
    const got: (string | null)[] = []
    stream.onStanza((stanza) => void (stanza.getChild('body') && got.push(stanza.getChildText('body'))))
    stream.send(xml('presence'))
    const resumed = nextOf<void>((listener) => {
      stream.onResumed(() => {
        listener()
      })
    })
    cable.cut()
    juliet.say(stream.jid, 'Three words')
    await resumed
    juliet.say(stream.jid, 'and good night')
    await expect.poll(() => got, WAIT).toEqual(['Three words', 'and good night'])
    const acknowledged = nextOf(stream.onAck)
    stream.send(chat('juliet@chat.test', 'over the web'))
    expect(await acknowledged).toBe('over the web')
    juliet.close()
    await stream.close()
    await cable.close()
  })
})

describe('the application', () => {
  let romeo: LiveApp
  let juliet: Peer
  const JULIET = parseBareJid('juliet@chat.test') as BareJid

  beforeAll(async () => {
    juliet = await connectPeer(server, 'juliet', PASSWORD)
    romeo = await startLiveApp(server, 'romeo', PASSWORD)
  })
  afterAll(async () => {
    juliet.close()
    await romeo.close()
  })
  const item = () => romeo.storage.findContact(romeo.accountId, JULIET)
  const presence = (from: Peer, type: string, to: string): void => from.send(xml('presence', { to, type }))

  test('adds a contact; the subscription becomes mutual', async () => {
    await romeo.app.addContact({
      accountId: romeo.accountId,
      jid: JULIET,
      name: 'Juliet',
      groups: ['Verona'],
    })
    await juliet.waitFor((stanza) => stanza.is('presence') && stanza.attrs.type === 'subscribe')
    await expect.poll(item, WAIT).toMatchObject({ name: 'Juliet', groups: ['Verona'], ask: true })
    presence(juliet, 'subscribed', romeo.jid)
    await expect.poll(item, WAIT).toMatchObject({ subscription: 'to', ask: false })
    presence(juliet, 'subscribe', romeo.jid)
    await expect.poll(() => romeo.storage.listRequests(), WAIT).toMatchObject([{ jid: JULIET }])
    await romeo.app.answerSubscription({ accountId: romeo.accountId, jid: JULIET, answer: 'accept' })
    await expect.poll(item, WAIT).toMatchObject({ subscription: 'both' })
    expect(romeo.storage.listRequests()).toEqual([])
  })

  test('presence is seen both ways', async () => {
    juliet.show('away', 'on the balcony')
    await expect
      .poll(() => romeo.app.state().presences, WAIT)
      .toMatchObject([{ jid: JULIET, resources: [{ show: 'away', status: 'on the balcony' }] }])
    romeo.app.setPresence({ show: 'dnd', status: 'climbing' })
    await juliet.waitFor((stanza) => stanza.is('presence') && stanza.getChildText('status') === 'climbing')
  })

  test('messages go both ways', async () => {
    const { id } = romeo.say(JULIET, 'But <soft> & "light" 😀')
    expect((await juliet.waitForMessage('But <soft> & "light" 😀')).attrs.type).toBe('chat')
    await expect.poll(() => romeo.storage.findMessage(id)?.state, WAIT).toBe('sent')
    juliet.say(romeo.jid, 'Ay me <b>')
    await expect
      .poll(() => romeo.messages(JULIET).at(-1), WAIT)
      .toMatchObject({ body: 'Ay me <b>', direction: 'in' })
  })

  test('a message to nobody comes back as failed', async () => {
    const { id } = romeo.say('nobody@chat.test', 'Who is there?')
    await expect
      .poll(() => romeo.storage.findMessage(id), WAIT)
      .toMatchObject({ state: 'failed', error: { condition: 'service-unavailable' } })
  })

  test('a single message and its subject arrive as one', async () => {
    juliet.send(
      xml('message', { to: romeo.jid }, xml('subject', {}, 'The <b>feast</b>'), xml('body', {}, 'Come')),
    )
    await expect
      .poll(() => romeo.app.state().inbox.messages, WAIT)
      .toMatchObject([{ counterpart: JULIET, subject: 'The <b>feast</b>', preview: 'Come' }])
    romeo.app.sendSingle({ accountId: romeo.accountId, to: JULIET, subject: 'Re', body: 'I come' })
    const reply = await juliet.waitForMessage('I come')
    expect([reply.attrs.type ?? 'normal', reply.getChildText('subject')]).toEqual(['normal', 'Re'])
  })

  test('who is blocked can say nothing, and is told nothing', async () => {
    const { accountId } = romeo
    const blocked = () => romeo.storage.listBlocked(accountId)
    await romeo.app.block({ accountId, address: JULIET })
    await expect.poll(blocked, WAIT).toEqual([JULIET])
    await expect.poll(() => romeo.app.state().presences, WAIT).toEqual([])
    const id = juliet.say(romeo.jid, 'Do you hear me?')
    await juliet.waitFor((stanza) => stanza.attrs.id === id && stanza.attrs.type === 'error')
    await romeo.app.unblock({ accountId, address: JULIET })
    await expect.poll(blocked, WAIT).toEqual([])
    juliet.say(romeo.jid, 'And now?')
    await expect.poll(() => romeo.messages(JULIET).at(-1)?.body, WAIT).toBe('And now?')
    expect(romeo.messages(JULIET).map(({ body }) => body)).not.toContain('Do you hear me?')
  })

  test('what another device changes on the roster is pushed', async () => {
    const tablet = await connectPeer(server, 'romeo', PASSWORD, { resource: 'tablet' })
    const change = (attributes: object) =>
      tablet.request('set', xml('query', { xmlns: 'jabber:iq:roster' }, xml('item', { jid: 'friar@chat.test', ...attributes }))) // prettier-ignore
    const friar = () => romeo.storage.findContact(romeo.accountId, parseBareJid('friar@chat.test') as BareJid)
    await change({ name: 'Friar' })
    await expect.poll(friar, WAIT).toMatchObject({ name: 'Friar', subscription: 'none' })
    await change({ subscription: 'remove' })
    await expect.poll(friar, WAIT).toBeUndefined()
    tablet.close()
  })

  test('a roster that has not changed is not sent again', async () => {
    await romeo.close()
    romeo = await startLiveApp(server, 'romeo', PASSWORD, { storage: romeo.storage })
    const request = romeo.traffic.out.find((text) => text.includes('jabber:iq:roster'))
    expect(request).toMatch(/ver="[^"]+"/)
    const whole = romeo.traffic.in.filter((text) => text.includes('jabber:iq:roster'))
    expect(whole).toEqual([])
    expect(item()).toMatchObject({ name: 'Juliet', subscription: 'both' })
  })

  test('what came while nobody was there is delivered at its own time', async () => {
    await romeo.close()
    const before = Date.now()
    juliet.say(romeo.jid, 'Three words')
    await juliet.request('get', xml('ping', { xmlns: 'urn:xmpp:ping' }), 'chat.test')
    await new Promise((resolve) => setTimeout(resolve, 1100))
    const after = Date.now()
    romeo = await startLiveApp(server, 'romeo', PASSWORD, { storage: romeo.storage })
    await expect.poll(() => romeo.messages(JULIET).at(-1)?.body, WAIT).toBe('Three words')
    const sentAt = romeo.messages(JULIET).at(-1)?.sentAt ?? 0
    expect(sentAt).toBeGreaterThan(before - 1000)
    expect(sentAt).toBeLessThan(after - 1000)
  })

  test('each direction of a subscription ends by itself', async () => {
    const { accountId } = romeo
    const nurse = await connectPeer(server, 'nurse', PASSWORD)
    const jid = parseBareJid(nurse.bareJid) as BareJid
    const item = () => romeo.storage.findContact(accountId, jid)
    await romeo.app.addContact({ accountId, jid, name: 'Nurse', groups: [] })
    await nurse.waitFor((stanza) => stanza.attrs.type === 'subscribe')
    for (const type of ['subscribed', 'subscribe']) presence(nurse, type, romeo.jid)
    await expect.poll(() => romeo.storage.listRequests(), WAIT).toHaveLength(1)
    await romeo.app.answerSubscription({ accountId, jid, answer: 'accept' })
    await expect.poll(item, WAIT).toMatchObject({ subscription: 'both' })
    romeo.app.revokeSubscription({ accountId, jid })
    await nurse.waitFor((stanza) => stanza.attrs.type === 'unsubscribed')
    await expect.poll(item, WAIT).toMatchObject({ subscription: 'to' })
    romeo.app.endSubscription({ accountId, jid })
    await nurse.waitFor((stanza) => stanza.attrs.type === 'unsubscribe')
    await expect.poll(item, WAIT).toMatchObject({ subscription: 'none' })
    nurse.close()
  })

  test('a contact that is removed sees us no more', async () => {
    await romeo.app.removeContact({ accountId: romeo.accountId, jid: JULIET })
    await juliet.waitFor((stanza) => stanza.is('presence') && stanza.attrs.type === 'unsubscribed')
    await expect.poll(item, WAIT).toBeUndefined()
  })
})

/** Signs in, lets the server be shut down and start again, and gives what the stream was told. */
async function shutDownUnder(): Promise<ConnectionProblem> {
  const stream = await signIn()
  // Just after it has bound a session, ejabberd does not yet tell it that it is going.
  const answered = nextOf(stream.onStanza)
  stream.send(xml('iq', { type: 'get', id: 'there' }, xml('ping', { xmlns: 'urn:xmpp:ping' })))
  await answered
  const closed = nextOf(stream.onClosed)
  await server.stop()
  await server.start()
  return closed
}

test('a server that is shut down says so, and is signed in to again', async () => {
  let problem = await shutDownUnder()
  // One time in ten ejabberd ends a session's process before that has read that it should say so: then nothing comes
  // but the end of the connection.
  for (let tries = 0; problem.code !== 'server-shutdown' && tries < 6; tries += 1) {
    expect(problem.code).toBe('network')
    problem = await shutDownUnder()
  }
  expect(problem.code).toBe('server-shutdown')
  const again = await signIn()
  await again.close()
})
