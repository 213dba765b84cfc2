/** XEP-0156: what a host-meta file names, what of it is used, and what the user is told when it is hostile. */
import { describe, expect, test } from 'vitest'
import { StreamFailure } from '../../src-main/protocol/errors.ts'
import { findWebSockets, parseJrd, parseXrd } from '../../src-main/protocol/xep-0156-alt-connections.ts'
import { parseWebSocketUrl } from '../../src-main/model/websocket-url.ts'

const WEBSOCKET = 'urn:xmpp:alt-connections:websocket'
const xrd = (...hrefs: string[]): string =>
  `<?xml version='1.0' encoding='utf-8'?>\n<XRD xmlns='http://docs.oasis-open.org/ns/xri/xrd-1.0'>
    <Link rel='urn:xmpp:alt-connections:xbosh' href='https://web.example/bosh'/>
    ${hrefs.map((href) => `<Link rel='${WEBSOCKET}' href='${href}'/>`).join('\n')}</XRD>`
const jrd = (...hrefs: unknown[]): string =>
  JSON.stringify({ links: [{ rel: 'author' }, ...hrefs.map((href) => ({ rel: WEBSOCKET, href }))] })

describe('an address', () => {
  test.each(['wss://web.example/ws', ' wss://web.example:5281/xmpp-websocket?x=1 ', 'wss://[::1]:443/'])(
    '%s may be used',
    (text) => expect(parseWebSocketUrl(text)?.protocol).toBe('wss:'),
  )

  test.each([
    'ws://web.example/ws',
    'https://web.example/ws',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'wss://romeo:secret@web.example/ws',
    'wss://web.example/ws#fragment',
    'wss://web.example/#',
    'wss://',
    'wss:',
    'web.example',
    '',
    `wss://web.example/${'x'.repeat(3000)}`,
  ])('%s may not', (text) => expect(parseWebSocketUrl(text)).toBeUndefined())
})

describe('an XRD', () => {
  test('names the addresses of its links for WebSocket, in order', () => {
    expect(parseXrd(xrd('wss://a.example/ws', 'wss://b.example/ws'))).toEqual([
      'wss://a.example/ws',
      'wss://b.example/ws',
    ])
    expect(parseXrd(`\uFEFF${xrd('wss://a.example/ws')}`)).toEqual(['wss://a.example/ws'])
  })

  test.each([
    ['nothing', ''],
    ['a web page', '<!DOCTYPE html><html><body>hello</body></html>'],
    ['JSON', jrd('wss://a.example/ws')],
    ['another namespace', xrd('wss://a.example/ws').replace('docs.oasis-open.org', 'evil.example')],
    ['a declaration of entities', `<!DOCTYPE x [<!ENTITY a "aaaa">]>${xrd('wss://a.example/ws')}`],
    ['one that is cut', xrd('wss://a.example/ws').slice(0, -3)],
    ['more after it', `${xrd('wss://a.example/ws')}<XRD/>`],
    ['endless links', xrd(...Array<string>(1000).fill('wss://a.example/ws'))],
    ['great depth', '<a>'.repeat(100_000)],
    ['zeros', '\0\0\0'],
  ])('%s is none', (_name, text) => expect(parseXrd(text)).toEqual([]))
})

describe('a JRD', () => {
  test('names the addresses of its links for WebSocket', () => {
    expect(parseJrd(jrd('wss://a.example/ws', 7, null, { href: 'x' }))).toEqual(['wss://a.example/ws'])
  })

  test.each([
    'null',
    '7',
    '[]',
    '{}',
    '{"links":{}}',
    '{"links":[null,7,[],"x"]}',
    `{"__proto__":{"links":[{"rel":"${WEBSOCKET}","href":"wss://a.example"}]}}`,
    '['.repeat(60_000),
    xrd('wss://a.example/ws'),
    '',
  ])('%#: not from this', (text) => expect(parseJrd(text)).toEqual([]))
})

describe('finding them', () => {
  type Files = Readonly<Record<string, string | StreamFailure | undefined>>
  const asked: string[] = []
  const find = (domain: string, files: Files): Promise<readonly string[]> => {
    asked.length = 0
    const get = (url: URL): Promise<string | undefined> => {
      asked.push(url.href)
      const file = files[url.pathname.replace('/.well-known/', '')]
      return file instanceof StreamFailure ? Promise.reject(file) : Promise.resolve(file)
    }
    return findWebSockets(domain, get).then((urls) => urls.map((url) => url.href))
  }
  const refused = new StreamFailure({ code: 'refused' })

  test('asks for both files over https at the XMPP domain, and nowhere else', async () => {
    expect(await find('例え.test', { 'host-meta': xrd('wss://a.example/ws') })).toEqual([
      'wss://a.example/ws',
    ])
    expect(asked).toEqual([
      'https://xn--r8jz45g.test/.well-known/host-meta',
      'https://xn--r8jz45g.test/.well-known/host-meta.json',
    ])
  })

  test('one file is enough, two are one list, and there is an end to it', async () => {
    const files = { 'host-meta': refused, 'host-meta.json': jrd('wss://b.example/ws') }
    expect(await find('chat.test', files)).toEqual(['wss://b.example/ws'])
    const both = { 'host-meta': xrd('wss://b.example/ws', 'wss://a.example/ws'), 'host-meta.json': jrd('wss://b.example/ws') } // prettier-ignore
    expect(await find('chat.test', both)).toEqual(['wss://b.example/ws', 'wss://a.example/ws'])
    const many = Array.from({ length: 50 }, (_, i) => `wss://${i}.example/`)
    expect(await find('chat.test', { 'host-meta': xrd(...many) })).toEqual(many.slice(0, 4))
  })

  test('passes over what is not safe', async () => {
    const text = xrd('ws://a.example/ws', 'javascript:alert(1)', 'wss://b.example/ws')
    expect(await find('chat.test', { 'host-meta': text })).toEqual(['wss://b.example/ws'])
  })

  test.each<[string, Files, string]>([
    ['only an address without encryption', { 'host-meta': xrd('ws://a.example/ws') }, 'no-tls'],
    ['only a script', { 'host-meta.json': jrd('javascript:alert(1)') }, 'no-tls'],
    ['no address', { 'host-meta': xrd(), 'host-meta.json': jrd() }, 'no-web-socket'],
    ['no files', {}, 'no-web-socket'],
    ['nonsense', { 'host-meta': '\0', 'host-meta.json': '\0' }, 'no-web-socket'],
    ['nobody there', { 'host-meta': refused, 'host-meta.json': refused }, 'no-web-socket'],
    ['no answer', { 'host-meta': new StreamFailure({ code: 'timeout' }) }, 'timeout'],
  ])('%s', async (_name, files, code) => {
    await expect(find('chat.test', files)).rejects.toMatchObject({ problem: { code } })
  })
})
