import { expect, test } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import { parseMessage } from '../../src-main/protocol/message.ts'
import { StrictParser } from '../../src-main/protocol/transport/strict-parser.ts'
import type { Element } from '../../src-main/protocol/xml.ts'

/** The stanza as it comes out of a stream whose header names this language. */
function inStream(lang: string, stanza: string): Element {
  const parser = new StrictParser()
  let found: Element | undefined
  parser.on('element', (element) => (found = element))
  parser.write(
    `<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' ${lang}>`,
  )
  parser.write(stanza)
  if (found === undefined) throw new Error('no stanza')
  return found
}

function parse(lang: string, stanza: string) {
  const parsed = parseMessage(inStream(lang, stanza), { ownBareJid: 'a@b.example' as BareJid })
  if (parsed.kind === 'rejected') throw new Error(parsed.reason)
  return parsed
}

test('a text without a language is in the stream’s (RFC 6120 §4.7.4)', () => {
  const parsed = parse(`xml:lang='de'`, `<message><body>Tag</body><body xml:lang='en'>Hi</body></message>`)
  expect(parsed.body).toBe('Tag')
  expect(parsed.versions).toEqual([
    { lang: 'de', body: 'Tag' },
    { lang: 'en', body: 'Hi' },
  ])
})

test('the stanza’s language goes before the stream’s', () => {
  const parsed = parse(
    `xml:lang='de'`,
    `<message xml:lang='fr'><body>Jour</body><body xml:lang='fr'>Nuit</body><body xml:lang='de'>Tag</body></message>`,
  )
  expect(parsed.versions?.map(({ lang, body }) => [lang, body])).toEqual([
    ['fr', 'Jour'],
    ['de', 'Tag'],
  ])
  expect(parsed.repeated).toBe(true)
})

test('of a thousand languages sixteen are read', () => {
  const many = Array.from({ length: 1000 }, (_, n) => `<body xml:lang='x-${n}'>${n}</body>`).join('')
  const parsed = parse('', `<message>${many}</message>`)
  expect(parsed.versions).toHaveLength(16)
})
