/** What the XML console shows of a stanza: all but its secrets, and nothing that hides or reorders what it shows. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printStanza } from '../../src-main/protocol/print-stanza.ts'
import { HIDDEN, redactStanza } from '../../src-main/protocol/redact-stanza.ts'
import { describeElement } from '../../src-main/protocol/traffic.ts'
import { canonical } from '../helpers/canonical.ts'
import { escape, parseStanza } from '../helpers/stanza.ts'

const DATA = `xmlns='jabber:x:data'`

/** Where a secret may stand: SECRET is put in its place. */
const PLACES: Readonly<Record<string, string>> = {
  'XEP-0078 password': `<query xmlns='jabber:iq:auth'><username>a</username><password>SECRET</password></query>`,
  'XEP-0078 digest': `<query xmlns='jabber:iq:auth'><digest>SECRET</digest></query>`,
  'XEP-0077 password': `<query xmlns='jabber:iq:register'><username>a</username><password>SECRET</password></query>`,
  'XEP-0077 key': `<query xmlns='jabber:iq:register'><key>SECRET</key></query>`,
  'XEP-0077 in a form': `<query xmlns='jabber:iq:register'><x ${DATA} type='submit'><field var='password'><value>SECRET</value></field></x></query>`,
  'XEP-0004 private field': `<x ${DATA} type='form'><field type='text-private' var='x'><value>SECRET</value></field></x>`,
  'XEP-0004 field by its name': `<x ${DATA} type='submit'><field var='muc#roomconfig_roomsecret'><value>SECRET</value></field></x>`,
  'XEP-0133 password-verify': `<command xmlns='http://jabber.org/protocol/commands'><x ${DATA} type='submit'><field var='password-verify'><value>SECRET</value></field></x></command>`,
  'XEP-0357 push secret': `<enable xmlns='urn:xmpp:push:0' jid='push.example' node='n'><x ${DATA} type='submit'><field var='secret'><value>SECRET</value></field></x></enable>`,
  'XEP-0045 room password': `<x xmlns='http://jabber.org/protocol/muc'><password>SECRET</password></x>`,
  'XEP-0045 invitation': `<x xmlns='http://jabber.org/protocol/muc#user'><invite to='a@b'/><password>SECRET</password></x>`,
  'XEP-0249 invitation': `<x xmlns='jabber:x:conference' jid='room@muc.example' password='SECRET'/>`,
  'XEP-0048 bookmark': `<query xmlns='jabber:iq:private'><storage xmlns='storage:bookmarks'><conference jid='r@muc'><nick>n</nick><password>SECRET</password></conference></storage></query>`,
  'XEP-0402 bookmark': `<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='urn:xmpp:bookmarks:1'><item id='r@muc'><conference xmlns='urn:xmpp:bookmarks:1'><password>SECRET</password></conference></item></publish></pubsub>`,
  'XEP-0363 Authorization': `<slot xmlns='urn:xmpp:http:upload:0'><put url='https://up.example/1'><header name='Authorization'>SECRET</header></put></slot>`,
  'XEP-0363 Cookie': `<slot xmlns='urn:xmpp:http:upload:0'><put url='https://up.example/1'><header name='cookie'>SECRET</header></put></slot>`,
  'XEP-0363 signed address': `<slot xmlns='urn:xmpp:http:upload:0'><put url='https://up.example/1?v=SECRET'/></slot>`,
  'XEP-0198 previd': `<resume xmlns='urn:xmpp:sm:3' h='1' previd='SECRET'/>`,
  'XEP-0198 id': `<enabled xmlns='urn:xmpp:sm:3' id='SECRET' resume='true'/>`,
  'XEP-0484 token': `<token xmlns='urn:xmpp:fast:0' expiry='2026-11-21T00:00:00Z' token='SECRET'/>`,
  'XEP-0388 response': `<response xmlns='urn:xmpp:sasl:2'>SECRET</response>`,
  'XEP-0388 nested': `<authenticate xmlns='urn:xmpp:sasl:2' mechanism='PLAIN'><initial-response>SECRET</initial-response></authenticate>`,
  'RFC 6120 SASL': `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>SECRET</auth>`,
  'XEP-0235 OAuth': `<oauth xmlns='urn:xmpp:oauth:0'><oauth_signature>SECRET</oauth_signature></oauth>`,
  'XEP-0215 credentials': `<services xmlns='urn:xmpp:extdisco:2'><service host='turn.example' username='u' password='SECRET' type='turn'/></services>`,
  'XEP-0176 pwd': `<transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='8hhy' pwd='SECRET'/>`,
  'XEP-0167 crypto': `<encryption xmlns='urn:xmpp:jingle:apps:rtp:1'><crypto key-params='SECRET' tag='1'/></encryption>`,
  'XEP-0379 preauth': `<preauth xmlns='urn:xmpp:pars:0' token='SECRET'/>`,
  'XEP-0401 invitation': `<x ${DATA} type='result'><field var='uri'><value>xmpp:a@b?roster;preauth=SECRET</value></field></x>`,
  'by a prefix': `<p:query xmlns:p='jabber:iq:register'><p:password>SECRET</p:password></p:query>`,
  'in another namespace': `<thing xmlns='urn:example:unknown'><password>SECRET</password></thing>`,
  'with children': `<password xmlns='urn:example:unknown'><part>SECRET</part></password>`,
}

/** Ways in which one stanza holds another. */
const AROUND: readonly ((inner: string) => string)[] = [
  (inner) => `<iq type='set' id='a'>${inner}</iq>`,
  (inner) => `<message from='a@b.example'><body>hi</body>${inner}</message>`,
  (inner) => `<presence to='room@muc.example/nick'>${inner}</presence>`,
  (inner) =>
    `<message><sent xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client'>${inner}</message></forwarded></sent></message>`,
  (inner) =>
    `<message><event xmlns='http://jabber.org/protocol/pubsub#event'><items node='n'><item>${inner}</item></items></event></message>`,
]

describe('a secret is in nothing that the console is told', () => {
  test.each(Object.entries(PLACES))('%s', (_place, inner) => {
    for (const around of AROUND) {
      const text = around(inner.replace('SECRET', 'hunter2-swordfish'))
      const element = parseStanza(text)
      const told = JSON.stringify(describeElement(element))
      expect(told).not.toContain('hunter2')
      expect(told).not.toContain('swordfish')
      expect(told).toContain(HIDDEN)
      // The stanza itself goes its way unchanged.
      expect(canonical(element)).toBe(canonical(parseStanza(text)))
    }
  })

  test('whatever it is and wherever it stands', () => {
    const secret = fc
      .string({ unit: 'grapheme', minLength: 6, maxLength: 40 })
      // White space ends a value in an address.
      .map((text) => `S3c${text.replace(/[\s&;#<>"'\p{C}]/gu, 'x')}r3t`)
    const place = fc.constantFrom(...Object.values(PLACES))
    const wraps = fc.array(fc.constantFrom('a', 'b', 'item', 'x'), { maxLength: 5 })
    fc.assert(
      fc.property(secret, place, fc.constantFrom(...AROUND), wraps, (value, inner, around, names) => {
        const planted = inner.replace('SECRET', () => escape(value))
        const wrapped = names.reduce((text, name) => `<${name} xmlns='urn:w'>${text}</${name}>`, planted)
        const told = JSON.stringify(describeElement(parseStanza(around(wrapped))))
        expect(told).not.toContain('S3c')
        expect(told).not.toContain('r3t')
      }),
      { numRuns: 500 },
    )
  })
})

describe('what is no secret stays', () => {
  test.each([
    `<message from='a@b.example' to='c@d.example' type='chat' id='x'><body>my password is none of it</body></message>`,
    `<iq type='get' id='y'><query xmlns='jabber:iq:register'/></iq>`,
    `<iq type='result' id='y'><query xmlns='jabber:iq:register'><instructions>Choose</instructions><username/></query></iq>`,
    `<iq type='set' id='z'><query xmlns='jabber:iq:roster'><item jid='a@b.example' name='Key &amp; Token'/></query></iq>`,
    `<x ${DATA} type='submit'><field var='nickname'><value>Romeo</value></field></x>`,
    `<a xmlns='urn:xmpp:sm:3' h='5'/>`,
    `<message><x xmlns='jabber:x:oob'><url>https://example.org/a?id=5&amp;page=2</url></x></message>`,
    `<enabled xmlns='urn:xmpp:sm:3' resume='true' max='300'/>`,
  ])('%s', (text) => {
    const element = parseStanza(text)
    expect(canonical(redactStanza(element).element)).toBe(canonical(element))
  })

  test('names and namespaces tell what was hidden', () => {
    const { element } = redactStanza(
      parseStanza(`<iq type='set' id='1'>${PLACES['XEP-0077 password'] ?? ''}</iq>`),
    )
    expect(canonical(element)).toBe(
      canonical(
        parseStanza(`<iq type='set' id='1'><query xmlns='jabber:iq:register'>
          <username>a</username><password>${HIDDEN}</password></query></iq>`),
      ),
    )
  })
})

describe('on paper', () => {
  const print = (text: string, max = 10_000) => printStanza(parseStanza(text), max)

  test('an element a line, indented; text stays with its element', () => {
    const { text, whole } = print(
      `<iq type='get' id='1'><query xmlns='u'><item jid='a'/><b>x</b></query></iq>`,
    )
    expect(whole).toBe(true)
    expect(text).toBe(
      ['<iq type="get" id="1">', '  <query xmlns="u">', '    <item jid="a"/>', '    <b>x</b>', '  </query>', '</iq>'].join('\n'), // prettier-ignore
    )
  })

  test('mixed content is left as it is', () => {
    expect(print(`<message><body>a <b>bold</b> word</body></message>`).text).toBe(
      '<message>\n  <body>a <b>bold</b> word</body>\n</message>',
    )
  })

  test('what would hide or reorder is written out, emoji and line ends are not', () => {
    const { text } = print(
      `<message id='a&#x202E;b&#10;c'><body>\u202Eevil\u200B 👩‍🚀\nnext</body><b>\n</b></message>`,
    )
    expect(text).toBe(
      '<message id="a&#x202E;b&#xA;c">\n  <body>&#x202E;evil&#x200B; 👩‍🚀\nnext</body>\n  <b>&#xA;</b>\n</message>',
    )
  })

  test('reads back as the same stanza', () => {
    for (const text of [
      `<message to='a&quot;b'><body>a &lt; b &amp;&amp; c > d\n\n e</body><x xmlns='u'/> </message>`,
      `<iq><a xmlns='u'> <b/> </a></iq>`,
    ]) {
      expect(String(parseStanza(print(text).text)).replace(/>\s+</g, '><')).toBe(
        String(parseStanza(text)).replace(/>\s+</g, '><'),
      )
    }
  })

  test.each([
    `<message><body>${'😀'.repeat(10_000)}</body></message>`,
    `<iq>${`<item jid='a@b.example'/>`.repeat(5000)}</iq>`,
    `<message id='${'&lt;'.repeat(20_000)}'/>`,
  ])('too long a stanza is cut off, between characters', (text) => {
    const printed = print(text, 1000)
    expect(printed.whole).toBe(false)
    expect(printed.text.length).toBeLessThanOrEqual(1000)
    expect(printed.text.length).toBeGreaterThan(990)
    expect(printed.text).not.toMatch(/[\ud800-\udbff]$/)
  })

  test('a roster of thousands is read no further than it is shown', () => {
    const items = Array.from({ length: 20_000 }, (_, n) => `<item jid='p${n}@b.example'/>`).join('')
    const entry = describeElement(
      parseStanza(`<iq type='result' id='r'><query xmlns='u'>${items}</query></iq>`),
    )
    expect(entry.whole).toBe(false)
    expect(entry.xml.length).toBeLessThanOrEqual(65_536)
    expect(redactStanza(parseStanza(`<iq>${items}</iq>`), 10).element.children.length).toBe(9)
  })
})

describe('in a line', () => {
  test.each([
    [
      `<iq type='get' id='1' to='a@b/c'><ping xmlns='urn:xmpp:ping'/></iq>`,
      'iq',
      'get',
      'ping urn:xmpp:ping',
    ],
    [`<message type='chat'><body>x</body></message>`, 'message', 'chat', 'body'],
    [`<presence/>`, 'presence', '', ''],
    [`<r xmlns='urn:xmpp:sm:3'/>`, 'nonza', '', 'r urn:xmpp:sm:3'],
    [`<message xmlns='urn:other'/>`, 'nonza', '', 'message urn:other'],
  ])('%s', (text, kind, type, about) => {
    expect(describeElement(parseStanza(text))).toMatchObject({ kind, type, about })
  })
})
