/** Stanzas written by hand in the XML console: what is refused and where, and what must be asked before. */
import { describe, expect, test } from 'vitest'
import type { BareJid, FullJid } from '../../src-main/model/jid.ts'
import { readComposed } from '../../src-main/protocol/composed-stanza.ts'
import { stanzaTemplates } from '../../src-main/protocol/stanza-templates.ts'
import { risksOf } from '../../src-main/protocol/stanza-risks.ts'
import { canonical } from '../helpers/canonical.ts'
import { parseStanza } from '../helpers/stanza.ts'

const JID = 'romeo@montague.example/orchard' as FullJid
const read = (text: string) => readComposed(text, { jid: JID, newId: () => 'new' })

describe('is sent as it was written', () => {
  test.each([
    [`<presence/>`, `<presence id='new'/>`],
    [
      `<iq type="get"><ping xmlns="urn:xmpp:ping"/></iq>`,
      `<iq type='get' id='new'><ping xmlns='urn:xmpp:ping'/></iq>`,
    ],
    [`<iq type='result' id='x' to='a@b'/>`, `<iq type='result' id='x' to='a@b'/>`],
    [
      `\n <message id='m' to='juliet@capulet.example'>\n<body>a &lt; b &#x1F600;</body></message>\n`,
      `<message id='m' to='juliet@capulet.example'>\n<body>a &lt; b 😀</body></message>`,
    ],
    [
      `<message xmlns='jabber:client' from='${JID}' id='m'><![CDATA[<x>]]></message>`,
      `<message xmlns='jabber:client' from='${JID}' id='m'>&lt;x&gt;</message>`,
    ],
    [`<p:presence xmlns:p='jabber:client' id='1'/>`, `<p:presence xmlns:p='jabber:client' id='1'/>`],
  ])('%s', (text, sent) => {
    const composed = read(text)
    if (!composed.ok) throw new Error(composed.problem.fault)
    expect(canonical(composed.stanza)).toBe(canonical(parseStanza(sent)))
  })
})

describe('is refused', () => {
  test.each([
    ['', { fault: 'empty' }],
    [' \n ', { fault: 'empty' }],
    [`<message>${'x'.repeat(65_536)}</message>`, { fault: 'too-long' }],
    ['hello', { fault: 'outside', line: 1 }],
    ['<iq', { fault: 'unclosed', line: 1, column: 3 }],
    ['<message>\n  <body>hi\n</message>', { fault: 'wrong-end', line: 3 }],
    ['<message><body>hi</body>', { fault: 'unclosed', detail: 'message', line: 1, column: 24 }],
    ['</message>', { fault: 'wrong-end' }],
    ['</stream:stream>', { fault: 'wrong-end' }],
    ['<message/></stream:stream>', { fault: 'wrong-end' }],
    ['<message>&nbsp;</message>', { fault: 'bad-reference', line: 1 }],
    ['<message>a & b</message>', { fault: 'bad-reference' }],
    ['<message>\n&#0;</message>', { fault: 'bad-reference', line: 2 }],
    ['<message id/>', { fault: 'bad-attribute' }],
    ['<message id=x/>', { fault: 'bad-attribute' }],
    [`<message id='a'to='b'/>`, { fault: 'bad-attribute' }],
    [`<message id='a' id='b'/>`, { fault: 'repeated-attribute' }],
    ['<message><a:b/></message>', { fault: 'unknown-prefix', detail: 'a' }],
    ['<message><stream:error/></message>', { fault: 'unknown-prefix', detail: 'stream' }],
    ['<message>\u0007</message>', { fault: 'bad-character' }],
    ['<1message/>', { fault: 'bad-character' }],
    ['<message><!-- note --></message>', { fault: 'not-allowed' }],
    [`<?xml version='1.0'?><message/>`, { fault: 'not-allowed' }],
    ['<message><?php ?></message>', { fault: 'not-allowed' }],
    ['<!DOCTYPE message><message/>', { fault: 'not-allowed' }],
    [`<!DOCTYPE m [<!ENTITY x 'y'>]><message>&x;</message>`, { fault: 'not-allowed' }],
    ['<presence/>\n<presence/>', { fault: 'several', line: 2 }],
    ['<presence/> and more', { fault: 'outside' }],
    [`<presence>${'<a>'.repeat(200)}${'</a>'.repeat(200)}</presence>`, { fault: 'too-large' }],
    ['<query/>', { fault: 'no-stanza', detail: 'query' }],
    [`<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>`, { fault: 'no-stanza', detail: 'auth' }],
    [`<r xmlns='urn:xmpp:sm:3'/>`, { fault: 'no-stanza', detail: 'r' }],
    [`<message xmlns='jabber:server'/>`, { fault: 'wrong-namespace', detail: 'jabber:server' }],
    [`<message from='juliet@capulet.example'/>`, { fault: 'foreign-from', detail: JID }],
    [`<message from='romeo@montague.example'/>`, { fault: 'foreign-from', detail: JID }],
    [`<message from=''/>`, { fault: 'foreign-from' }],
    [`<message to='@'/>`, { fault: 'bad-address', detail: '@' }],
    [`<iq id='1'><ping xmlns='urn:xmpp:ping'/></iq>`, { fault: 'iq-type' }],
    [`<iq type='push'><ping xmlns='urn:xmpp:ping'/></iq>`, { fault: 'iq-type' }],
    [`<iq type='get'/>`, { fault: 'iq-content' }],
    [`<iq type='set'><a xmlns='u'/><b xmlns='u'/></iq>`, { fault: 'iq-content' }],
    [`<iq type='result'><a xmlns='u'/><b xmlns='u'/></iq>`, { fault: 'iq-content' }],
    [`<iq type='error'/>`, { fault: 'iq-content' }],
  ])('%j', (text, problem) => {
    const composed = read(text)
    expect(composed).toMatchObject({ ok: false, problem })
  })

  test('with the line and column, both from 1', () => {
    expect(read(`<message>\n  <body>a & b</body>\n</message>`)).toEqual({
      ok: false,
      problem: { fault: 'bad-reference', line: 2, column: 11 },
    })
  })
})

describe('is asked about before', () => {
  const OWN = 'romeo@montague.example' as BareJid
  const remove = `<query xmlns='jabber:iq:register'><remove/></query>`
  const item = (subscription: string): string =>
    `<query xmlns='jabber:iq:roster'><item jid='a@b' ${subscription}/></query>`
  const PUBSUB = 'http://jabber.org/protocol/pubsub'
  test.each([
    [`<iq type='set'>${remove}</iq>`, ['deletes-account']],
    [`<iq type='set' to='montague.example'>${remove}</iq>`, ['deletes-account']],
    [`<iq type='set' to='${OWN}'>${remove}</iq>`, ['deletes-account']],
    [`<iq type='set' to='icq.montague.example'>${remove}</iq>`, []],
    [`<iq type='get'>${remove}</iq>`, []],
    [
      `<iq type='set'><query xmlns='jabber:iq:register'><username>romeo</username><password>x</password></query></iq>`,
      ['changes-password'],
    ],
    [`<iq type='set'>${item(`subscription='remove'`)}</iq>`, ['removes-contact']],
    [`<iq type='set'>${item(`name='x'`)}</iq>`, []],
    [`<presence type='unsubscribe' to='a@b'/>`, ['ends-subscription']],
    [`<presence type='unsubscribed' to='a@b'/>`, ['ends-subscription']],
    [`<presence type='unavailable'/>`, ['goes-offline']],
    [`<presence type='unavailable' to='a@b'/>`, []],
    [`<presence/>`, []],
    [`<iq type='set'><pubsub xmlns='${PUBSUB}#owner'><delete node='n'/></pubsub></iq>`, ['deletes-data']],
    [
      `<iq type='set' to='p.example'><pubsub xmlns='${PUBSUB}#owner'><purge node='n'/></pubsub></iq>`,
      ['deletes-data'],
    ],
    [
      `<iq type='set'><pubsub xmlns='${PUBSUB}'><retract node='n'><item id='1'/></retract></pubsub></iq>`,
      ['deletes-data'],
    ],
    [`<iq type='set'><pubsub xmlns='${PUBSUB}'><publish node='n'/></pubsub></iq>`, []],
    [`<message><body>unsubscribe</body></message>`, []],
  ])('%s', (text, risks) => {
    expect(risksOf(parseStanza(text), OWN)).toEqual(risks)
  })
})

test('every template is right as it stands', () => {
  const templates = stanzaTemplates('romeo@montague.example' as BareJid)
  expect(templates.length).toBeGreaterThan(8)
  for (const { xml, placeholder } of templates) {
    expect(read(xml)).toMatchObject({ ok: true, risks: [] })
    expect(xml).toContain(placeholder ?? '')
  }
})
