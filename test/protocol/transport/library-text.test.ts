/** Faults of @xmpp/client 0.14 with text and XML: each shown with the library as it comes, and ours beside it. */
import { Parser } from '@xmpp/xml'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { xml, type Element } from '../../../src-main/protocol/xml.ts'
import type { ConnectionProblem } from '../../../src-main/model/account.ts'
import { connectOurs, createLibrary, nextOf, within } from './fixtures.ts'
import {
  certificatesFor,
  DOMAIN,
  startScripted,
  type Script,
  type ScriptedServer,
} from '../../helpers/scripted-server.ts'

const certificates = certificatesFor(DOMAIN)
const servers: ScriptedServer[] = []
afterAll(() => certificates.dispose())
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function start(script: Script, secured: boolean): Promise<number> {
  const server = await startScripted(async (client, connection) => {
    if (secured) await client.startTls()
    await client.signIn()
    await script(client, connection)
  }, { certificates }) // prettier-ignore
  servers.push(server)
  return server.port
}

interface End {
  readonly problem: ConnectionProblem
  /** What we said after the attack. */
  readonly answer: string
}

/** How a signed-in stream of ours ends when the server sends this. */
async function endOf(hostile: Iterable<string | Buffer>): Promise<End> {
  let answer = ''
  const port = await start(async (client) => {
    const begin = client.said.length
    for (const piece of hostile) client.send(piece)
    await client.closed
    answer = client.said.slice(begin)
  }, true)
  const stream = await connectOurs(port, { ca: certificates.ca })
  const problem = await nextOf(stream.onClosed)
  await expect.poll(() => answer).toContain('</stream:stream>')
  return { problem, answer }
}

/** Hands the library's own data handler what a socket would. */
function feedLibrary(...chunks: (string | Buffer)[]): Element[] {
  const entity = createLibrary(1) as unknown as { parser: Parser; _onData(data: Buffer): void }
  const elements: Element[] = []
  entity.parser = new Parser()
  entity.parser.on('element', (element: Element) => elements.push(element))
  for (const chunk of chunks) entity._onData(Buffer.from(chunk))
  return elements
}

describe('1: a character split over two packets', () => {
  const message = Buffer.from("<message from='a@b.c/d'><body>grüße 中文 😀</body></message>")
  const middle = message.indexOf(Buffer.from('😀')) + 2

  test('the library damages it', () => {
    const [element] = feedLibrary('<s>', message.subarray(0, middle), message.subarray(middle))
    expect(element?.getChildText('body')).toContain('\uFFFD')
  })

  test('ours arrives whole, however it is cut', async () => {
    const port = await start(async (client) => {
      for (const byte of message) {
        client.send(Buffer.from([byte]))
        await new Promise(setImmediate)
      }
    }, true)
    const stream = await connectOurs(port, { ca: certificates.ca })
    const received = await nextOf(stream.onStanza)
    expect(received.getChildText('body')).toBe('grüße 中文 😀')
    await stream.close()
  })

  test('ours refuses what is not UTF-8', async () => {
    const { problem, answer } = await endOf([Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe])])
    expect(problem.code).toBe('protocol')
    expect(answer).toContain('not-well-formed')
  })
})

describe('5: XML that attacks the parser', () => {
  test.each(['&foo;', '&#0;', '&#xFFFF;'])('the library throws out of the data handler for %s', (bad) => {
    expect(() => feedLibrary('<s>', `<message><body>${bad}</body></message>`)).toThrow()
  })

  test.each([
    '&foo;',
    '&#0;',
    '&#xFFFF;',
    '\u0001',
    '<b></a>',
    '<x:y/>',
    '<b a=c/>',
    '<b a="1" a="2"/>',
    ']]>',
  ])('ours ends the stream for %j', async (bad) => {
    const { problem, answer } = await endOf([`<message><body>${bad}</body></message>`])
    expect(problem.code).toBe('protocol')
    expect(answer).toContain('<not-well-formed')
  })

  test('the library passes over comments and processing instructions, and goes deaf after a DOCTYPE', () => {
    expect(feedLibrary('<s><!-- c --><?p i?><message/>')).toHaveLength(1)
    expect(feedLibrary('<s><!DOCTYPE s><message/>')).toHaveLength(0)
  })

  test.each([
    ['a DOCTYPE', '<!DOCTYPE s [<!ENTITY x "y">]>'],
    ['a comment', '<!-- c -->'],
    ['a comment in a stanza', '<message><!-- c --></message>'],
    ['a processing instruction', '<?php echo?>'],
  ])('ours answers %s with restricted-xml', async (_name, bad) => {
    const { problem, answer } = await endOf([bad])
    expect(problem.code).toBe('protocol')
    expect(answer).toContain('<restricted-xml')
  })

  test('the library takes 200,000 elements inside one another and can not write them', () => {
    const deep = '<a>'.repeat(200_000) + '</a>'.repeat(200_000)
    const [element] = feedLibrary('<s>', deep)
    expect(element).toBeDefined()
    expect(() => element?.toString()).toThrow(RangeError)
  })

  test('ours ends the stream at a depth of 100', async () => {
    const { problem, answer } = await endOf(['<a>'.repeat(200_000)])
    expect(problem).toMatchObject({ code: 'protocol', detail: expect.stringContaining('too deep') as string })
    expect(answer).toContain('policy-violation')
  })

  test('the library takes a text without end, which costs it quadratic time, and never complains', () => {
    const parser = new Parser()
    const complaints: unknown[] = []
    parser.on('error', (error: unknown) => complaints.push(error))
    parser.write('<s><message><body>')
    for (let i = 0; i < 6; i += 1) parser.write('x'.repeat(65_536))
    expect(complaints).toEqual([])
  })

  test('ours ends the stream after 4 MB of one stanza', async () => {
    function* endless(): Generator<string> {
      yield '<message><body>'
      for (let i = 0; i < 100; i += 1) yield 'x'.repeat(65_536)
    }
    const { problem, answer } = await endOf(endless())
    expect(problem).toMatchObject({
      code: 'protocol',
      detail: expect.stringContaining('more than') as string,
    })
    expect(answer).toContain('policy-violation')
  })

  test.each([
    ['attributes', `<message ${Array.from({ length: 200 }, (_, i) => `a${i}='x'`).join(' ')}/>`],
    ['elements', `<message>${'<a/>'.repeat(100_001)}</message>`],
    ['length of one attribute', `<message a='${'x'.repeat(5_000_000)}'/>`],
  ])('ours bounds %s', async (_name, bad) => {
    const { problem, answer } = await endOf([bad])
    expect(problem.code).toBe('protocol')
    expect(answer).toContain('policy-violation')
  })
})

describe('10: characters that XML forbids, in what we send', () => {
  const bad = 'a\u000bb\ud800c\uffffd'
  const stanza = (): Element => xml('message', { to: `juliet@${DOMAIN}`, id: bad }, xml('body', {}, bad))

  test('the library writes them as they are', async () => {
    let said = ''
    const port = await start(async (client) => {
      said = (await client.expect(/<message[\s\S]*<\/message>/))[0]
    }, false)
    const entity = createLibrary(port)
    await entity.start()
    await entity.send(stanza())
    await expect.poll(() => said).toContain('a\u000bb')
    await within(entity.stop(), 100)
  })

  test('ours writes U+FFFD, in texts and attributes', async () => {
    let said = ''
    const port = await start(async (client) => {
      said = (await client.expect(/<message[\s\S]*<\/message>/))[0]
    }, true)
    const stream = await connectOurs(port, { ca: certificates.ca })
    const sent = stanza()
    expect(stream.send(sent)).toBe(true)
    const clean = 'a\uFFFDb\uFFFDc\uFFFDd'
    await expect.poll(() => said).toContain(`<body>${clean}</body>`)
    expect(said).toContain(`id="${clean}"`)
    expect(sent.getChildText('body')).toBe(bad)
    await stream.close()
  })
})
