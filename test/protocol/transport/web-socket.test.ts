/** XMPP over WebSocket (RFC 7395) against scripted servers: the handshake, the framing, and frames that break the rules. */
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { ConnectionProblem } from '../../../src-main/model/account.ts'
import type { Stream } from '../../../src-main/protocol/stream.ts'
import { MESSAGE_BYTES_BEFORE_SIGN_IN } from '../../../src-main/protocol/transport/frame-socket.ts'
import { xml } from '../../../src-main/protocol/xml.ts'
import { connectOurs, nextOf, problemOf, type OurOptions } from './fixtures.ts'
import { BIND, certificatesFor, DOMAIN, mechanisms, scram, SM, startScripted, type Client, type Script, type ScriptedOptions, type ScriptedServer } from '../../helpers/scripted-server.ts' // prettier-ignore
import {
  BINARY,
  CLOSE,
  frame,
  NS_FRAMING,
  NS_STREAM,
  OPEN,
  PING,
  TEXT,
} from '../../helpers/scripted-websocket.ts'

const certificates = certificatesFor(DOMAIN)
const { ca } = certificates
const servers: ScriptedServer[] = []
afterAll(() => certificates.dispose())
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function start(script: Script, options: ScriptedOptions = {}): Promise<ScriptedServer> {
  const server = await startScripted(script, { certificates, wire: 'websocket', ...options })
  servers.push(server)
  return server
}

const connect = (port: number, options: OurOptions = {}): Promise<Stream> =>
  connectOurs(port, { ca, wire: 'websocket', ...options })
const nothing: Script = () => Promise.resolve()

const ENABLED = "<enabled xmlns='urn:xmpp:sm:3' id='s' resume='true'/>"
async function signInUpToSm(client: Client): Promise<void> {
  await client.greet(mechanisms('SCRAM-SHA-1'))
  await scram(client)
  await client.bind(BIND + SM)
  await client.expect(/<enable[^>]*>/)
  client.send(ENABLED)
  await client.expect(/<presence/)
}

describe('the handshake (RFC 6455 §4, RFC 7395 §3.1)', () => {
  test('asks for xmpp, for no extension, tells no origin, and names the host', async () => {
    let asked = ''
    const { port } = await start((client) => client.greet(''), {
      handshake: (honest, request) => ((asked = request), honest),
    })
    await problemOf(connect(port))
    expect(asked).toMatch(/^GET \/xmpp HTTP\/1\.1\r\n/)
    expect(asked).toMatch(/^Sec-WebSocket-Protocol: xmpp$/im)
    expect(asked).toMatch(new RegExp(`^Host: 127\\.0\\.0\\.1:${port}$`, 'im'))
    expect(asked).not.toMatch(/extensions|origin|cookie|authorization/i)
  })

  test.each<[string, (honest: string) => string, string]>([
    ['another protocol', (honest) => honest.replace(/Protocol: xmpp/, 'Protocol: chat'), 'protocol'],
    ['no protocol', (honest) => honest.replace(/Sec-WebSocket-Protocol.*\r\n/, ''), 'protocol'],
    ['a wrong proof', (honest) => honest.replace(/Accept: .*/, 'Accept: AAAA'), 'protocol'],
    ['compression', (honest) => honest.replace(/\r\n\r\n$/, '\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n'), 'protocol'], // prettier-ignore
    ['a web page', () => 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'protocol'],
    ['nobody there', () => 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n', 'protocol'],
    ['a redirect', () => 'HTTP/1.1 302 Found\r\nLocation: wss://evil.test/\r\nContent-Length: 0\r\n\r\n', 'protocol'], // prettier-ignore
    ['a proxy without its server', () => 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n', 'network'],
    ['XMPP', () => "<?xml version='1.0'?><stream:stream>", 'protocol'],
    ['endless headers', () => `HTTP/1.1 101 X\r\n${'x: y\r\n'.repeat(20_000)}`, 'protocol'],
  ])('answered with %s: refused', async (_name, handshake, code) => {
    const server = await start(nothing, { handshake })
    expect((await problemOf(connect(server.port))).code).toBe(code)
    expect(server.connections).toBe(1)
  })

  test('not answered: given up in time', async () => {
    const { port } = await start(nothing, { handshake: () => '' })
    const problem = await problemOf(connect(port, { limits: { step: 200 } }))
    expect(problem).toMatchObject({ code: 'timeout' })
  })
})

describe('TLS', () => {
  test('an address without it is refused before anybody is asked', async () => {
    const server = await start(nothing)
    const webSocketUrl = `ws://127.0.0.1:${server.port}/xmpp`
    expect((await problemOf(connect(server.port, { webSocketUrl }))).code).toBe('no-tls')
    expect(server.connections).toBe(0)
  })

  test.each([
    ['for another host', 'localhost', true, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['of an authority that is not trusted', '127.0.0.1', false, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ])('a certificate %s is refused, and shown', async (_name, host, trusted, reason) => {
    const server = await start(nothing)
    const webSocketUrl = `wss://${host}:${server.port}/xmpp`
    const problem = await problemOf(connect(server.port, { webSocketUrl, ...(trusted ? {} : { ca: '' }) }))
    expect(problem).toMatchObject({ code: 'certificate', certificate: { reason } })
  })

  test('older than 1.2 is refused', async () => {
    const { port } = await start(nothing, {
      context: { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' },
    })
    expect((await problemOf(connect(port))).code).toBe('protocol')
  })
})

describe('framing (RFC 7395 §3.3)', () => {
  test('each message is one element that declares its namespace; the stream begins and ends with a message', async () => {
    const messages: string[] = []
    const { port } = await start(
      async (client) => {
        await signInUpToSm(client)
        await client.expect(/<\/stream:stream>/)
      },
      { onMessage: (text) => messages.push(text) },
    )
    const stream = await connect(port)
    expect(stream).toMatchObject({ transport: 'websocket', tls: 'TLSv1.3', mechanism: 'SCRAM-SHA-1' })
    stream.send(xml('presence', {}, xml('show', {}, 'away')))
    await stream.close()
    await expect.poll(() => messages.at(-1)).toBe(`<close xmlns="${NS_FRAMING}"/>`)
    const open = `<open xmlns="${NS_FRAMING}" version="1.0" to="${DOMAIN}" from="romeo@${DOMAIN}"/>`
    expect(messages.filter((text) => text.startsWith('<open'))).toEqual([open, open])
    for (const text of messages) expect(text).toMatch(/^<[^>]* xmlns="[^"]+"/)
    expect(messages).toContain('<presence xmlns="jabber:client"><show>away</show></presence>')
  })

  test('a stream error of ours declares the prefix', async () => {
    const messages: string[] = []
    const { port } = await start((client) => client.greet('<oops>'), {
      onMessage: (text) => messages.push(text),
    })
    expect((await problemOf(connect(port))).code).toBe('protocol')
    await expect.poll(() => messages.at(1)).toMatch(/^<stream:error xmlns:stream="http:\/\/etherx/)
  })

  const features = `<stream:features xmlns:stream='${NS_STREAM}'/>`
  test.each<[string, readonly (string | Buffer)[]]>([
    ['a stream of TCP', [`<stream:stream xmlns='jabber:client' xmlns:stream='${NS_STREAM}' version='1.0'>`]],
    ['features before <open/>', [features]],
    ['an <open/> of another namespace', ["<open xmlns='urn:other' version='1.0'/>"]],
    ['an <open/> of before XMPP 1.0', [`<open xmlns='${NS_FRAMING}'/>`]],
    ['two <open/>', [OPEN, OPEN]],
    ['two elements in one message', [`${OPEN}${features}`]],
    ['half an element', [OPEN, '<message xmlns="jabber:client">']],
    ['an undeclared prefix', [OPEN, '<stream:features/>']],
    ['no namespace', [OPEN, '<message/>']],
    ['text', [OPEN, 'hello']],
    ['text behind an element', [OPEN, `${features}hello`]],
    ['a DOCTYPE', [OPEN, `<!DOCTYPE x [<!ENTITY a "b">]>${features}`]],
    ['a comment', [OPEN, `<!-- x -->${features}`]],
    ['great depth', [OPEN, `${"<a xmlns='urn:x'>".repeat(200)}${'</a>'.repeat(200)}`]],
    ['many elements', [OPEN, `<a xmlns='urn:x'>${'<b/>'.repeat(5000)}</a>`]],
    ['a long element', [OPEN, `<a xmlns='urn:x'>${'x'.repeat(130 * 1024)}</a>`]],
    ['a binary message', [frame(BINARY, OPEN)]],
    ['bytes that are no UTF-8', [frame(TEXT, Buffer.from([0x3c, 0xff, 0xfe]))]],
    ['a compressed frame', [frame(TEXT, OPEN, 0xc0)]],
    ['a frame of no known kind', [frame(0xb, 'x')]],
    ['a long control frame', [frame(PING, 'x'.repeat(126))]],
    ['a continuation of nothing', [frame(0, OPEN)]],
    ['a frame that claims 8 EiB', [Buffer.from([0x81, 0x7f, 0x7f, 255, 255, 255, 255, 255, 255, 255])]],
  ])('%s ends it', async (_name, sent) => {
    const { port } = await start(async (client) => {
      await client.expect(/<stream:stream/)
      for (const each of sent) client.send(typeof each === 'string' ? frame(TEXT, each) : each)
    })
    expect((await problemOf(connect(port))).code).toBe('protocol')
  })

  test('white space and a message in fragments are taken', async () => {
    const { port } = await start(async (client) => {
      await client.expect(/<stream:stream/)
      client.send(Buffer.concat([frame(TEXT, ' '), frame(TEXT, OPEN.slice(0, 9), 0)]))
      client.send(Buffer.concat([frame(PING, 'x'), frame(0, OPEN.slice(9)), frame(TEXT, features)]))
    })
    expect((await problemOf(connect(port))).code).toBe('no-mechanism')
  })

  test('a message without end is not collected for ever, before sign-in', async () => {
    let sent = 0
    const { port } = await start(async (client) => {
      await client.expect(/<stream:stream/)
      client.send(Buffer.from([0x01, 127, 0, 0, 0, 0, 0, 0x80, 0, 0]))
      for (; sent < 4_000_000; sent += 10_000) {
        client.send(Buffer.alloc(10_000, 'x'))
        await new Promise((resolve) => setImmediate(resolve))
      }
    })
    const problem = await problemOf(connect(port))
    expect(problem).toMatchObject({
      code: 'protocol',
      detail: expect.stringContaining(String(MESSAGE_BYTES_BEFORE_SIGN_IN)) as string,
    })
  })
})

describe('the end', () => {
  async function liveUntil(act: (client: Client) => void): Promise<ConnectionProblem[]> {
    const { port } = await start(async (client, connection) => {
      if (connection > 1) return client.destroy()
      await signInUpToSm(client)
      act(client)
    })
    const stream = await connect(port, { limits: { resume: 200, resumePause: 50 } })
    const problems: ConnectionProblem[] = []
    stream.onInterrupted((problem) => problems.push(problem))
    const closed = nextOf(stream.onClosed)
    stream.send(xml('presence'))
    return [await closed, ...problems]
  }

  test.each<[string, (client: Client) => void, string]>([
    ['<close/>', (client) => client.send('</stream:stream>'), 'server-shutdown'],
    ['<close/> that sends us elsewhere', (client) => client.send(frame(TEXT, `<close xmlns='${NS_FRAMING}' see-other-uri='wss://other.test/'/>`)), 'server-shutdown'], // prettier-ignore
    ['garbage', (client) => client.send(frame(BINARY, 'x')), 'protocol'],
  ])('%s is for good', async (_name, act, code) => {
    expect((await liveUntil(act)).map((problem) => problem.code)).toEqual([code])
  })

  test.each<[string, (client: Client) => void]>([
    ['a close frame alone', (client) => client.send(frame(CLOSE, Buffer.from([3, 233])))],
    ['a lost socket', (client) => client.destroy()],
  ])('%s is a connection that was lost, and resumption is tried', async (_name, act) => {
    expect((await liveUntil(act)).map((problem) => problem.code)).toEqual(['network', 'network'])
  })
})

describe('<close see-other-uri/> (§3.6.1) before sign-in', () => {
  const sending =
    (uri: () => string): Script =>
    async (client) => {
      await client.expect(/<stream:stream/)
      client.send(Buffer.concat([frame(TEXT, OPEN), frame(TEXT, `<close xmlns='${NS_FRAMING}' see-other-uri='${uri()}'/>`)])) // prettier-ignore
    }

  test('is followed to a safe address', async () => {
    const second = await start(async (client) => {
      await client.greet(mechanisms('SCRAM-SHA-1'))
      await scram(client)
      await client.bind()
    })
    const first = await start(sending(() => `wss://127.0.0.1:${second.port}/other`))
    const stream = await connect(first.port)
    expect([first.connections, second.connections]).toEqual([1, 1])
    await stream.close()
  })

  test.each(['ws://127.0.0.1:1/', 'http://127.0.0.1:1/', 'javascript:alert(1)', ''])(
    'is refused to %j',
    async (uri) => {
      const server = await start(sending(() => uri))
      expect((await problemOf(connect(server.port))).code).toBe('no-tls')
      expect(server.connections).toBe(1)
    },
  )

  test('is not followed in circles', async () => {
    const server = await start(sending(() => `wss://127.0.0.1:${server.port}/again`))
    expect((await problemOf(connect(server.port))).code).toBe('server-shutdown')
    expect(server.connections).toBe(3)
  })
})
