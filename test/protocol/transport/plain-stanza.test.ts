/** The short way through XML takes nothing that saxes reads otherwise, and what is written every day it does take. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPlainStanza } from '../../../src-main/protocol/transport/plain-stanza.ts'
import { PARSER_BOUNDS, StrictParser } from '../../../src-main/protocol/transport/strict-parser.ts'

const HEADER =
  "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"
const EVERYDAY = [
  '<message',
  " from='juliet@example.org/balcony'",
  ' id="m1"',
  " xml:lang='en'",
  '>',
  "<result xmlns='urn:xmpp:mam:2' id='28482'>",
  '<body>',
  'Wherefore &amp; art thou, ',
  '罗密欧 😀\n',
  '</body>',
  "<active xmlns='http://jabber.org/protocol/chatstates'/>",
  '</result>',
  '</message>',
]
const ODD = [
  ...[
    '<!-- -->',
    '<![CDATA[x]]>',
    '<?pi?>',
    '<!DOCTYPE a>',
    ']]>',
    '&',
    '&#65;',
    '&foo;',
    '<',
    '>',
    '/>',
    '\r\n',
    '\t',
  ],
  ...[
    '\u0001',
    '\ud800',
    '\udc00',
    '\ufffe',
    '\u0085',
    '\u2028',
    ' ',
    "'",
    '"',
    " id='2'",
    " a='<'",
    " a='&lt;'",
    " a='>'",
  ],
  ...[
    " __proto__='1'",
    " constructor='1'",
    " xmlns=''",
    " xmlns='http://www.w3.org/2000/xmlns/'",
    " p:a='1'",
    " xmlns:p='q'",
  ],
  ...[
    '<p:a/>',
    '<é/>',
    '<a/ >',
    '</ message>',
    '</message >',
    '<iq/>',
    '<a ',
    " a = 'b'",
    " a='\n'",
    '<a\n/>',
    'x',
  ],
]

/** An end of a tag: what waited for one is seen through. */
const AFTER = `<iq type='get' id='after'/>`

/** What the parser makes of it all: as saxes reads it, or with the short way first. */
function read(text: string, way: 'saxes' | 'short'): readonly string[] {
  const parser = new StrictParser()
  const seen: string[] = []
  parser.on('element', (element) => seen.push(element.toString()))
  parser.on('violation', ({ condition }) => seen.push(condition))
  parser.write(`${HEADER}<presence/>`)
  // White space that comes alone is saxes'.
  if (way === 'saxes') parser.write(' ')
  parser.write(text)
  parser.write(AFTER)
  return seen
}

/** Saxes forgets a stanza that is followed, in one piece, by what ends the stream: one more or less counts as the same. */
function expectSame(some: readonly string[], others: readonly string[]): void {
  const [one, other] = [told(some), told(others)]
  expect(one.violation).toBe(other.violation)
  const common = Math.min(one.elements.length, other.elements.length)
  expect(one.elements.slice(0, common)).toEqual(other.elements.slice(0, common))
  const most = one.violation === undefined ? 0 : 1
  expect(Math.abs(one.elements.length - other.elements.length)).toBeLessThanOrEqual(most)
}

function told(seen: readonly string[]) {
  return {
    elements: seen.filter((each) => each.startsWith('<')),
    violation: seen.find((each) => !each.startsWith('<')),
  }
}

describe('a plain stanza', () => {
  const everyday = EVERYDAY.join('')

  it('is read at once, to its end', () => {
    const outcome = readPlainStanza(`${everyday}<presence/>`, 0, PARSER_BOUNDS)
    expect(outcome).toMatchObject({ end: everyday.length })
  })

  it.each(['<message', "<message from='ju", '<message><body>Where', '<message><body>x</body>'])(
    'that is cut is waited for: %s',
    (text) => expect(readPlainStanza(text, 0, PARSER_BOUNDS)).toBe('partial'),
  )

  it.each(ODD.slice(0, 8).map((odd) => `<message><body>${odd}</body></message>`))(
    'is not this: %s',
    (text) => {
      expect(readPlainStanza(text, 0, PARSER_BOUNDS)).toBe('other')
    },
  )

  it('keeps within the bounds', () => {
    const small = (bounds: Partial<typeof PARSER_BOUNDS>) =>
      readPlainStanza(everyday, 0, { ...PARSER_BOUNDS, ...bounds })
    expect(small({ depth: 2 })).toBe('other')
    expect(small({ elements: 3 })).toBe('other')
    expect(small({ attributes: 2 })).toBe('other')
    expect(small({ stanzaLength: everyday.length - 30 })).toBe('other')
    expect(small({ depth: 3, elements: 4, attributes: 3 })).toMatchObject({ end: everyday.length })
  })
})

describe('whatever is written', () => {
  const changed = fc
    .array(fc.tuple(fc.nat(EVERYDAY.length), fc.constantFrom(...ODD), fc.nat(1)), { maxLength: 3 })
    .map((changes) => {
      const parts: string[] = [...EVERYDAY]
      for (const [at, odd, taken] of changes) parts.splice(at, taken, odd)
      return parts.join('')
    })

  it('the short way reads it as saxes does', () => {
    fc.assert(
      fc.property(changed, (text) => {
        expectSame(read(text, 'short'), read(text, 'saxes'))
      }),
      { numRuns: 3000 },
    )
  })

  it('however it is cut, what follows is read as well', () => {
    fc.assert(
      fc.property(changed, fc.array(fc.nat(everydayLength), { maxLength: 12 }), (text, cuts) => {
        const whole = read(text, 'short')
        const parser = new StrictParser()
        const seen: string[] = []
        parser.on('element', (element) => seen.push(element.toString()))
        parser.on('violation', ({ condition }) => seen.push(condition))
        parser.write(`${HEADER}<presence/>`)
        const places = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length]
        places.slice(1).forEach((end, index) => parser.write(text.slice(places[index], end)))
        parser.write(AFTER)
        expectSame(seen, whole)
      }),
      { numRuns: 1000 },
    )
  })
})

const everydayLength = EVERYDAY.join('').length
