/** XEP-0115: the verification string, its checks, and the question behind it. XEP-0128: forms are a part of it. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Jid } from '../../src-main/model/jid.ts'
import { createIq } from '../../src-main/protocol/iq.ts'
import { parseDiscoInfo } from '../../src-main/protocol/xep-0030-service-discovery.ts'
import {
  fetchVerifiedInfo,
  isVerifiable,
  verificationString,
} from '../../src-main/protocol/xep-0115-capabilities.ts'
import { createFakeStream } from '../helpers/fake-stream.ts'
import { parseStanza } from '../helpers/stanza.ts'

const INFO = 'http://jabber.org/protocol/disco#info'
const FEATURES = ['caps', 'disco#info', 'disco#items', 'muc']
  .map((name) => `<feature var='http://jabber.org/protocol/${name}'/>`)
  .join('')
const EXODUS = `<identity category='client' name='Exodus 0.9.1' type='pc'/>${FEATURES}`
const FORM_TYPE = `<field var='FORM_TYPE' type='hidden'><value>urn:xmpp:dataforms:softwareinfo</value></field>`
const field = (name: string, ...values: string[]): string =>
  `<field var='${name}'>${values.map((value) => `<value>${value}</value>`).join('')}</field>`
const form = (...fields: string[]): string => `<x xmlns='jabber:x:data' type='result'>${fields.join('')}</x>`
const PSI = `<identity xml:lang='en' category='client' name='Psi 0.11' type='pc'/>
  <identity xml:lang='el' category='client' name='Ψ 0.11' type='pc'/>${FEATURES}`
const PSI_FORM = [
  field('ip_version', 'ipv4', 'ipv6'),
  field('os', 'Mac'),
  field('os_version', '10.5.1'),
  field('software', 'Psi'),
  field('software_version', '0.11'),
]

function hash(content: string, algorithm = 'sha-1'): string | undefined {
  return verificationString(parseStanza(`<query xmlns='${INFO}'>${content}</query>`), algorithm)
}

const sha1 = (text: string): string => createHash('sha1').update(text).digest('base64')

describe('XEP-0115 §5.2, §5.3', () => {
  test('the simple example hashes as the specification says', () => {
    expect(hash(EXODUS)).toBe('QgayPKawpkPSDYmwT/WM94uAlu0=')
  })

  test('the complex one does: languages and a form (XEP-0128), in whatever order they come', () => {
    expect(hash(PSI + form(FORM_TYPE, ...PSI_FORM))).toBe('q07IKJEyjvHSyhy//CH0CxmKi8w=')
    expect(hash(form(...PSI_FORM.toReversed(), FORM_TYPE) + PSI)).toBe('q07IKJEyjvHSyhy//CH0CxmKi8w=')
  })

  test('sorts by octets: a character beyond the BMP comes after U+FFEE', () => {
    const content = `<identity category='client' type='pc'/><feature var='\u{1f600}'/><feature var='\uffee'/>`
    expect(hash(content)).toBe(sha1('client/pc//<\uffee<\u{1f600}<'))
  })

  test('other hashes by their names; broken and unknown ones are none', () => {
    const text = 'client/pc//Exodus 0.9.1<'
    const content = `<identity category='client' name='Exodus 0.9.1' type='pc'/>`
    expect(hash(content, 'sha-256')).toBe(createHash('sha256').update(text).digest('base64'))
    for (const name of ['md5', 'sha1', 'SHA-1', '__proto__', ''])
      expect([hash(content, name), isVerifiable({ hash: name })]).toEqual([undefined, false])
  })
})

describe('XEP-0115 §5.4', () => {
  const twice = field('a', 'b')
  test.each([
    ['an identity twice', EXODUS + `<identity category='client' name='Exodus 0.9.1' type='pc'/>`],
    ['a feature twice', EXODUS + `<feature var='http://jabber.org/protocol/muc'/>`],
    ['a form twice', PSI + form(FORM_TYPE, twice) + form(FORM_TYPE)],
    ['a FORM_TYPE of two minds', PSI + form(FORM_TYPE.replace('</field>', '<value>other</value></field>'))],
    ['a FORM_TYPE without a value', PSI + form(`<field var='FORM_TYPE' type='hidden'/>`)],
    ['the delimiter in a name', `<identity category='client' type='pc' name='x&lt;urn:xmpp:omemo'/>`],
    ['the delimiter in a feature', EXODUS + `<feature var='a&lt;b'/>`],
    ['the delimiter in a form', PSI + form(FORM_TYPE, field('a', 'b&lt;c'))],
  ])('%s is ill-formed', (_, content) => {
    expect(hash(content)).toBeUndefined()
  })

  test('a form without a hidden FORM_TYPE is ignored', () => {
    expect(hash(EXODUS + form(twice))).toBe(hash(EXODUS))
    expect(hash(EXODUS + form(FORM_TYPE.replace('hidden', 'text-single'), twice))).toBe(hash(EXODUS))
    expect(hash(EXODUS + form(FORM_TYPE, twice))).not.toBe(hash(EXODUS))
  })

  test('"&lt;" written out stays those four characters', () => {
    const content = `<identity category='client' type='pc' name='x&amp;lt;y'/>`
    expect(hash(content)).toBe(sha1('client/pc//x&lt;y<'))
  })

  test('an answer counts when its hash is the one announced, and not otherwise', async () => {
    const stream = createFakeStream({ jid: 'juliet@capulet.example/balcony' })
    const iq = createIq({ stream })
    stream.onStanza((stanza) => void iq.receive(stanza))
    const romeo = 'romeo@montague.example/orchard' as Jid
    const caps = { hash: 'sha-1', node: 'https://exodus.example', ver: 'QgayPKawpkPSDYmwT/WM94uAlu0=' }
    const ask = (content: string) => {
      const asked = fetchVerifiedInfo(iq, romeo, caps)
      const [request] = stream.sent()
      expect(request?.getChild('query', INFO)?.attrs['node']).toBe(`${caps.node}#${caps.ver}`)
      stream.receive(`<iq type='result' id='${String(request?.attrs['id'])}' from='${romeo}'>${content}</iq>`)
      return asked
    }
    expect((await ask(`<query xmlns='${INFO}'>${EXODUS}</query>`))?.features).toHaveLength(4)
    expect(await ask(`<query xmlns='${INFO}'>${EXODUS}<feature var='more'/></query>`)).toBeUndefined()
    expect(await ask('')).toBeUndefined()
  })
})

test('XEP-0128: forms of type result are read, others are not', () => {
  const query = parseStanza(
    `<query xmlns='${INFO}'>${form(FORM_TYPE, field('os', 'Mac'))}<x xmlns='jabber:x:data' type='form'/></query>`,
  )
  const { forms } = parseDiscoInfo(query)
  expect(forms?.map(({ fields }) => fields.map(({ name, values }) => [name, ...values]))).toEqual([
    [
      ['FORM_TYPE', 'urn:xmpp:dataforms:softwareinfo'],
      ['os', 'Mac'],
    ],
  ])
})
