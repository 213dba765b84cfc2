/** The parser against anything: it never throws, keeps its bounds, and reads the same however the text is cut. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanElement, cleanText } from '../../../src-main/protocol/transport/clean-xml.ts'
import {
  StrictParser,
  type ParserBounds,
  type XmlViolation,
} from '../../../src-main/protocol/transport/strict-parser.ts'
import { xml, type Element } from '../../../src-main/protocol/xml.ts'

const ROOT = "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>" // prettier-ignore

function read(
  pieces: Iterable<string>,
  bounds: Partial<ParserBounds> = {},
): { elements: string[]; violations: XmlViolation[]; ended: boolean } {
  // prettier-ignore
  const parser = new StrictParser(bounds)
  const elements: string[] = []
  const violations: XmlViolation[] = []
  let ended = false
  parser.on('element', (element: Element) => elements.push(element.toString()))
  parser.on('violation', (violation) => violations.push(violation))
  parser.on('end', () => (ended = true))
  for (const piece of pieces) parser.write(piece)
  return { elements, violations, ended }
}

const cut = (text: string, at: readonly number[]): string[] => {
  const places = [...new Set(at.map((place) => place % (text.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((place, i) => text.slice(place, places[i] ?? text.length))
}

const markup = fc.oneof(
  fc.constantFrom('<', '>', '/', '</', '/>', '&', ';', '&amp;', '&#', '<!', '<!--', '-->', '<![CDATA[', ']]>', '<?', '?>', '=', "'", '"', ' ', 'a', 'b:c', 'xmlns', '<message>', '</message>', '<a b="c">', '<!DOCTYPE', '\ud800', '\u0000', '😀'), // prettier-ignore
  fc.string(),
)

describe('anything at all', () => {
  test('never throws, and says at most one violation', () => {
    fc.assert(
      fc.property(fc.array(markup, { maxLength: 60 }), fc.boolean(), (pieces, rooted) => {
        const { violations } = read(rooted ? [ROOT, ...pieces] : pieces)
        expect(violations.length).toBeLessThanOrEqual(1)
      }),
      { numRuns: 2000 },
    )
  })

  test('reads nothing after a violation or the end', () => {
    for (const bad of ['<c></wrong>', '</wrong>', '<c><d></c>', '<c/></wrong>x']) {
      const { elements, violations, ended } = read([`${ROOT}<a/>${bad}`, '<b/>'])
      expect(elements.length).toBe(bad.startsWith('<c/>') ? 2 : 1)
      expect([violations.length, ended]).toEqual([1, false])
    }
    const ended = read([ROOT, '</stream:stream>', '<b/>'])
    expect(ended).toEqual({ elements: [], violations: [], ended: true })
  })
})

describe('what it reads', () => {
  const text = fc.string({ unit: 'binary' }).map(cleanText)
  const stanza = fc
    .tuple(text, text, text)
    .map(([id, body, more]) =>
      xml('message', { id }, xml('body', {}, body), xml('x', { xmlns: 'urn:x' }, more)),
    )

  test('is what was written, however it is cut', () => {
    fc.assert(
      fc.property(
        fc.array(stanza, { maxLength: 4 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        (stanzas, places) => {
          const wire = ROOT + stanzas.map(String).join(' ')
          const { elements, violations } = read(cut(wire, places))
          expect(violations).toEqual([])
          // XML reads a carriage return as a line feed, and in attributes white space as a space.
          const flat = (line: string): string => line.replace(/\s+/g, ' ')
          expect(elements.map(flat)).toEqual(stanzas.map((one) => flat(one.toString())))
        },
      ),
      { numRuns: 500 },
    )
  })

  test('knows namespaces, and keeps no stanza that went by', () => {
    const parser = new StrictParser()
    const seen: Element[] = []
    parser.on('element', (element) => seen.push(element))
    parser.write(`${ROOT}<message/><stream:features/><x:a xmlns:x='urn:x'/>`)
    expect(seen.map((element) => element.getNS())).toEqual([
      'jabber:client',
      'http://etherx.jabber.org/streams',
      'urn:x',
    ])
    expect(seen[0]?.parent?.children).toEqual([])
  })

  test('entities of XML and characters by number, and no others', () => {
    expect(read([ROOT, '<a>&lt;&amp;&#x1F600;&#65;</a>']).elements).toEqual(['<a>&lt;&amp;😀A</a>'])
    for (const name of ['nbsp', 'constructor', '__proto__', 'toString']) {
      expect(read([ROOT, `<a>&${name};</a>`]).violations[0]?.condition).toBe('not-well-formed')
    }
  })

  test('a name that is a property of every object is only a name', () => {
    const { elements, violations } = read([ROOT, "<a __proto__='x' constructor='y'><hasOwnProperty/></a>"])
    expect(violations).toEqual([])
    expect(elements).toHaveLength(1)
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })
})

describe('bounds', () => {
  test.each<[string, Partial<ParserBounds>, string, boolean]>([
    ['depth', { depth: 3 }, '<a><a><a/></a></a>', true],
    ['depth', { depth: 3 }, '<a><a><a><a/></a></a></a>', false],
    ['attributes', { attributes: 3 }, "<a b='' c='' d=''/>", true],
    ['attributes', { attributes: 3 }, "<a b='' c='' d='' e=''/>", false],
    ['elements', { elements: 3 }, '<a><b/><b/></a><a><b/><b/></a>', true],
    ['elements', { elements: 3 }, '<a><b/><b/><b/></a>', false],
    ['length', { stanzaLength: 1000 }, `<a>${'x'.repeat(900)}</a><a>${'x'.repeat(900)}</a>`, true],
    ['length', { stanzaLength: 1000 }, `<a>${'x'.repeat(1100)}</a>${'x'.repeat(20_000)}`, false],
  ])('%s %j', (_name, bounds, text, allowed) => {
    const { violations } = read([ROOT, text], bounds)
    expect(violations.map(({ condition }) => condition)).toEqual(allowed ? [] : ['policy-violation'])
  })

  test.each([
    ["<?xml version='1.0' encoding='UTF-8'?>", []],
    ["<?xml version='1.0' encoding='utf-16'?>", ['unsupported-encoding']],
    ['<!DOCTYPE a [<!ENTITY b "c">]>', ['restricted-xml']],
    ['<!-- c -->', ['restricted-xml']],
    ['<?pi?>', ['restricted-xml']],
    ['text', ['not-well-formed']],
  ])('before the root: %s', (text, conditions) => {
    const { violations } = read([text, '<stream/>'])
    expect(violations.map(({ condition }) => condition)).toEqual(conditions)
  })
})

describe('cleaning what we send', () => {
  test('leaves only what XML allows, and changes nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const clean = cleanText(text)
        expect(read([ROOT, xml('a', { b: clean }, clean).toString()]).violations).toEqual([])
        expect(cleanText(clean)).toBe(clean)
        expect(clean).toHaveLength(text.length)
      }),
      { numRuns: 1000 },
    )
    expect(cleanText('a\t\n\r\u0000\u000b\ud800\udc00\ud800\ufffe😀')).toBe(
      'a\t\n\r\ufffd\ufffd\ud800\udc00\ufffd\ufffd😀',
    )
  })

  test('drops attributes that are undefined, keeps numbers, does not touch the original', () => {
    const original = xml('a', { b: undefined, c: 1 }, 'x\u0000')
    expect(cleanElement(original).toString()).toBe('<a c="1">x\ufffd</a>')
    expect(original.text()).toBe('x\u0000')
  })
})
