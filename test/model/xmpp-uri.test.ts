import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseXmppUri } from '../../src-main/model/xmpp-uri.ts'

const address = { jid: 'romeo@montague.example', action: 'none', body: '', name: '' }

describe('RFC 5122 and XEP-0147', () => {
  test.each([
    ['xmpp:romeo@montague.example', {}],
    ['XMPP:Romeo@Montague.Example', {}],
    ['xmpp:romeo@montague.example?', {}],
    ['xmpp:romeo@montague.example/orchard', {}],
    ['xmpp:romeo@montague.example?message', { action: 'message' }],
    ['xmpp:romeo@montague.example?message;body=Hello%20you', { action: 'message', body: 'Hello you' }],
    [
      'xmpp:romeo@montague.example?message;subject=a;body=a%3Bb%3Dc%26d',
      { action: 'message', body: 'a;b=c&d' },
    ],
    ['xmpp:romeo@montague.example?message;body=1+1%0Atwo', { action: 'message', body: '1+1\ntwo' }],
    ['xmpp:romeo@montague.example?message;body=%E4%BD%A0%E5%A5%BD', { action: 'message', body: '你好' }],
    ['xmpp:romeo@montague.example?subscribe', { action: 'subscribe' }],
    ['xmpp:romeo@montague.example?roster;name=Romeo%20M.', { action: 'roster', name: 'Romeo M.' }],
    ['xmpp:romeo@montague.example?join', { action: 'join' }],
    ['xmpp:romeo@montague.example?join;password=se%3Bame', { action: 'join', password: 'se;ame' }],
    ['xmpp:romeo@montague.example?message;password=sesame', { action: 'message' }],
    // XEP-0045 §16.7.2.
    [
      'xmpp:romeo@montague.example?invite;jid=a@b.example;jid=c@d.example;jid=a@b.example',
      { action: 'invite', invite: ['a@b.example', 'c@d.example'] },
    ],
    [
      'xmpp:romeo@montague.example?invite;jid=a%40b.example;password=sesame',
      { action: 'invite', invite: ['a@b.example'], password: 'sesame' },
    ],
    ['xmpp:romeo@montague.example?invite', { action: 'join' }],
    ['xmpp:romeo@montague.example?invite;jid=@;password=x', { action: 'join', password: 'x' }],
    [
      'xmpp:romeo@montague.example?register;preauth=Kk4',
      { action: 'register', preauth: 'Kk4', opensAccount: true },
    ],
    ['xmpp:romeo@montague.example?roster;preauth=Kk4', { action: 'roster', preauth: 'Kk4' }],
    ['xmpp://juliet@capulet.example/romeo@montague.example', {}],
    [
      'xmpp://juliet@capulet.example/romeo@montague.example?message;body=hi',
      { action: 'message', body: 'hi' },
    ],
    ['xmpp:romeo@montague.example#fragment', {}],
    ['xmpp:romeo@montague.example?message#fragment', { action: 'message' }],
  ])('%s', (text, expected) => {
    expect(parseXmppUri(text)).toEqual({ ...address, ...expected })
  })

  test.each([
    [
      'xmpp:nasty!%23$%25()*+,-.;=%3F%5B%5C%5D%5E_%60%7B%7C%7D~node@example.com',
      'nasty!#$%()*+,-.;=?[\\]^_`{|}~node@example.com',
    ],
    ['xmpp:example.com', 'example.com'],
    ['xmpp:ji%C5%99i@%C4%8Dechy.example/v%20Praze', 'jiři@čechy.example'],
  ])('%s names %s', (text, jid) => {
    expect(parseXmppUri(text)?.jid).toBe(jid)
  })
})

describe('S11: links that want more than they may', () => {
  test.each([
    '?remove',
    '?unsubscribe',
    '?unregister',
    '?register',
    '?register;preauth=',
    '?command;node=x',
    '?sendfile',
    '?vcard',
    '?pubsub;action=subscribe',
    '?MESSAGE',
    '?__proto__',
    '?constructor',
    '?message%3Bbody=x',
    '?;body=x',
  ])('%s opens the address only', (query) => {
    const uri = parseXmppUri(`xmpp:romeo@montague.example${query}`)
    expect([uri?.jid, uri?.action, uri?.name]).toEqual([address.jid, 'none', ''])
  })

  test('a text is a text, whatever it looks like', () => {
    const body = `<img src=x onerror=alert(1)>\n--inspect=0.0.0.0 javascript:alert(1) \u202e"'`
    const uri = parseXmppUri(
      `xmpp:romeo@montague.example?message;body=${encodeURIComponent(body)};type=headline`,
    )
    expect(uri).toEqual({ ...address, action: 'message', body })
  })

  test('who is to be asked in is bounded', () => {
    const jids = Array.from({ length: 200 }, (_, index) => `jid=a${index}@b.example`).join(';')
    expect(parseXmppUri(`xmpp:romeo@montague.example?invite;${jids}`)?.invite).toHaveLength(50)
  })

  test('the first of two bodies counts, not the one behind it', () => {
    expect(parseXmppUri('xmpp:romeo@montague.example?message;body=seen;body=hidden')?.body).toBe('seen')
  })

  test.each([
    ['', 'nothing'],
    ['xmpp:', 'no address'],
    ['xmpp:?message;body=x', 'no address but a query'],
    ['xmpp:@', 'no address at all'],
    ['xmpp://juliet@capulet.example', 'an account and no address'],
    ['xmpp:montague.example%2Fx@evil.example', 'an encoded slash that hides the domain'],
    ['http://romeo@montague.example', 'another scheme'],
    [' xmpp:romeo@montague.example', 'a leading space'],
    ['--xmpp:romeo@montague.example', 'a flag'],
    ['javascript:xmpp:romeo@montague.example', 'a scheme in a scheme'],
    ['xmpp:romeo%40montague.example%00', 'NUL'],
    ['xmpp:romeo@montague.example%0A--no-sandbox', 'a line end and a flag'],
    ['xmpp:%E4%A@montague.example', 'broken percent-encoding'],
    ['xmpp:romeo@mont%2561gue.example', 'encoded twice'],
    [`xmpp:romeo@montague.example?message;body=${'x'.repeat(5000)}`, 'too long a link'],
  ])('%s is none: %s', (text) => {
    expect(parseXmppUri(text)).toBeUndefined()
  })

  test('no text makes it throw, and what it returns is an address and plain words', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            '%',
            '%2',
            '%00',
            '?',
            ';',
            '=',
            '#',
            '/',
            '//',
            '@',
            'a',
            'b.example',
            'message',
            'body',
            '\ud800',
          ),
        )
        .map((all) => all.join('')),
    )
    fc.assert(
      fc.property(text, (value) => {
        const uri = parseXmppUri(`xmpp:${value}`)
        if (uri === undefined) return
        expect(Object.keys(uri).sort()).toEqual(['action', 'body', 'jid', 'name'])
        expect(uri.jid).not.toContain('/')
      }),
      { numRuns: 2000 },
    )
  })
})
