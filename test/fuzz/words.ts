/** What attackers write: texts, addresses, ids, namespaces. No text here says "xmlns": stored, that word is markup. */
import fc from 'fast-check'

export const OWN = 'romeo@montague.example'
export const OWN_FULL = `${OWN}/Linnet.test`
export const CONTACT = 'juliet@capulet.example'

const MEGABYTE = 1_048_576

const hostileTexts = [
  '',
  ' ',
  '\n\t ',
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '&lt;b&gt;&amp;amp;',
  ']]>',
  '<!--',
  '{{constructor}}',
  '${7*7}',
  `'; DROP TABLE message; --`,
  'javascript:alert(1)',
  '__proto__',
  'constructor',
  'toString',
  '\u202egnp.exe\u202c',
  '\u2066\u2067\u2068\u2069\u200e\u200f',
  '\u200b\u200c\u200d\u2060\ufeff',
  '\ud800',
  '\udc00x\ud83d',
  'a\u0000b\u0007\u001b[31m',
  '\uffff\ufffe',
  '👩‍👩‍👧‍👦'.repeat(50),
  'Z̷̡̢͔̠̰͎͍̈́̀͗̎̽'.repeat(200),
  '漢字かな',
  'שלום עולם',
  'x'.repeat(5000),
  '9'.repeat(400),
  '-1',
  '1e309',
  'NaN',
  '0x10',
  '2026-11-21T12:00:00Z',
  '9999-99-99T99:99:99Z',
  '-0001-01-01T00:00:00Z',
  'true',
  'remove',
]

export const hostile: fc.Arbitrary<string> = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 20, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 20, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
)

/** Rare: a megabyte takes its time. */
export const huge = fc.constantFrom('x', '𝒳', '<', '\u0301', '&').map((unit) => unit.repeat(MEGABYTE / unit.length)) // prettier-ignore

export const words: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom('But soft', 'Ay me', 'what light', 'x', '1', 'Wherefore art thou?'),
  },
  { weight: 3, arbitrary: hostile },
)

export const address: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      CONTACT,
      `${CONTACT}/balcony`,
      `${CONTACT}/phone`,
      OWN,
      OWN_FULL,
      `${OWN}/phone`,
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('mallory@evil.example/x', 'nurse@capulet.example', 'montague.example', 'capulet.example'), // prettier-ignore
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'juliet@cаpulet.example', 'JULIET@CAPULET.EXAMPLE', 'romeo@montague.example.evil.example', 'romeo@montague.example@x',
      '@', '/', '@/', 'a@', '@b', 'a@b/', 'a b@c', 'xn--@xn--', '[::1]', '\u0130@\u0130', `${'a'.repeat(1100)}@b`, 'room@rooms.example/nick',
    ),
  }, // prettier-ignore
  { weight: 3, arbitrary: fc.nat(300).map((number) => `c${number}@capulet.example/x`) },
  { weight: 1, arbitrary: hostile },
)

/** The stage's own ids are among them: those of our messages and requests. */
export const id: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 60 }).map((number) => `id-${number}`) },
  { weight: 4, arbitrary: fc.uuid() },
  { weight: 2, arbitrary: fc.constantFrom('a', 'b', 'x'.repeat(2000)) },
  { weight: 1, arbitrary: hostile },
)

export const stamp = fc.oneof(
  fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString()), // prettier-ignore
  hostile,
)
