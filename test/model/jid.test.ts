import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bareOf,
  domainOf,
  isAccountJid,
  localOf,
  parseBareJid,
  parseJid,
  resourceOf,
  type Jid,
} from '../../src-main/model/jid.ts'

const parts = (jid: Jid | undefined) => jid && [localOf(jid), domainOf(jid), resourceOf(jid)]

describe('RFC 7622 §3.5, table 1: addresses', () => {
  test.each([
    ['juliet@example.com', 'juliet', 'example.com', undefined],
    ['juliet@example.com/foo', 'juliet', 'example.com', 'foo'],
    ['juliet@example.com/foo bar', 'juliet', 'example.com', 'foo bar'],
    ['juliet@example.com/foo@bar', 'juliet', 'example.com', 'foo@bar'],
    ['foo\\20bar@example.com', 'foo\\20bar', 'example.com', undefined],
    ['fussball@example.com', 'fussball', 'example.com', undefined],
    ['fu\u00dfball@example.com', 'fu\u00dfball', 'example.com', undefined],
    ['\u03c0@example.com', '\u03c0', 'example.com', undefined],
    ['\u03a3@example.com/foo', '\u03c3', 'example.com', 'foo'],
    ['\u03c3@example.com/foo', '\u03c3', 'example.com', 'foo'],
    ['\u03c2@example.com/foo', '\u03c2', 'example.com', 'foo'],
    ['king@example.com/\u265a', 'king', 'example.com', '\u265a'],
    ['example.com', '', 'example.com', undefined],
    ['example.com/foobar', '', 'example.com', 'foobar'],
    ['a.example.com/b@example.net', '', 'a.example.com', 'b@example.net'],
  ])('%s', (text, local, domain, resource) => {
    expect(parts(parseJid(text))).toEqual([local, domain, resource])
  })
})

describe('RFC 7622 §3.5, table 2: no addresses', () => {
  test.each([
    ['"juliet"@example.com', 'quotation marks'],
    ['foo bar@example.com', 'a space in the localpart'],
    ['@example.com/', 'no localpart, no resource'],
    ['henry\u2163@example.com', 'a compatibility character in the localpart'],
    ['\u265a@example.com', 'a symbol in the localpart'],
    ['juliet@', 'no domain'],
    ['/foobar', 'neither localpart nor domain'],
  ])('%s: %s', (text) => {
    expect(parseJid(text)).toBeUndefined()
  })

  test('but a leading space in a resource: the table forbids it and no rule does (OpaqueString allows it)', () => {
    expect(parts(parseJid('juliet@example.com/ foo'))).toEqual(['juliet', 'example.com', ' foo'])
  })
})

describe('what is no address', () => {
  test.each([
    ['', 'nothing'],
    ['@', 'only an @'],
    ['@example.com', 'an empty localpart'],
    ['juliet@example.com/', 'an empty resource'],
    ['a@b@example.com', 'two @'],
    ['juliet@example..com', 'an empty label'],
    ['juliet@.example.com', 'a leading dot'],
    ['juliet@example.com..', 'two dots at the end'],
    ['juliet@-example.com', 'a label with a leading hyphen'],
    ['juliet@example.com:5222', 'a port'],
    ['juliet@exam ple.com', 'a space in the domain'],
    ['juliet@exam\tple.com', 'a tab in the domain'],
    ['juliet@example.com?x', 'a query'],
    ['juliet@example.com#x', 'a fragment'],
    ['juliet@example.com\\x', 'a backslash'],
    ['juliet@ex%61mple.com', 'a percent-encoded domain'],
    ['juliet@exa\u00admple.com', 'a soft hyphen in the domain'],
    ['juliet@ex\u200bample.com', 'a zero-width space in the domain'],
    ['juliet@1', 'a number, which URLs take for an IP address'],
    ['juliet@0x7f.1', 'another one'],
    ['juliet@127.1', 'half an IP address'],
    ['juliet@256.1.1.1', 'no IP address'],
    ['juliet@[::1', 'half a bracket'],
    ['juliet@[:::::]', 'no IPv6 address'],
    ['juliet@[fe80::1%eth0]', 'an IPv6 zone'],
    ['juliet@xn--zzzzzz', 'broken punycode'],
    ["jul'iet@example.com", 'an apostrophe'],
    ['juliet&co@example.com', 'an ampersand'],
    ['<juliet>@example.com', 'angle brackets'],
    ['xmpp:juliet@example.com', 'a colon'],
    ['juliet\u0000@example.com', 'NUL'],
    ['juliet\u200b@example.com', 'a zero-width space'],
    ['\u202eteiluj@example.com', 'a direction override'],
    ['juliet\ufe0f@example.com', 'a variation selector'],
    ['juliet\u3164@example.com', 'an invisible Hangul filler'],
    ['juliet\u115f@example.com', 'another one'],
    ['\ufb01@example.com', 'a ligature'],
    ['\u212a@example.com', 'the Kelvin sign'],
    ['juliet\uff20evil@example.com', 'a wide @, which is an @'],
    ['juliet\u3000x@example.com', 'a wide space'],
    ['😀@example.com', 'an emoji'],
    ['\ud800@example.com', 'half a character'],
    ['juliet@example.com/a\u0007b', 'a control character in the resource'],
    ['juliet@example.com/\udfff', 'half a character in the resource'],
    ['juliet@example.com/\ufdd0', 'a noncharacter in the resource'],
    [`${'a'.repeat(1024)}@example.com`, 'a localpart that is too long'],
    [`${'ä'.repeat(512)}@example.com`, 'a localpart of too many bytes'],
    [`juliet@${'a'.repeat(64)}.example`, 'a label that is too long'],
    [`juliet@example.com/${'r'.repeat(1024)}`, 'a resource that is too long'],
    [`juliet@${'[' + ':'.repeat(100_000) + ']'}`, 'a monster'],
  ])('%s: %s', (text) => {
    expect(parseJid(text)).toBeUndefined()
  })
})

describe('one address, one string', () => {
  test.each([
    ['JULIET@EXAMPLE.COM', 'juliet@example.com'],
    ['juliet@example.com.', 'juliet@example.com'],
    ['ｊｕｌｉｅｔ@example.com', 'juliet@example.com'],
    ['Ä@example.com', 'ä@example.com'],
    ['a\u0308@example.com', '\u00e4@example.com'],
    ['ｱ@example.com', 'ア@example.com'],
    ['juliet@ｅｘａｍｐｌｅ。ｃｏｍ', 'juliet@example.com'],
    ['juliet@xn--fuball-cta.example', 'juliet@fußball.example'],
    ['juliet@FUẞBALL.example', 'juliet@fußball.example'],
    ['juliet@BÜCHER.example', 'juliet@bücher.example'],
    ['朱丽叶@例子.中国', '朱丽叶@例子.中国'],
    ['juliet@[2001:DB8::1]', 'juliet@[2001:db8::1]'],
    ['juliet@127.0.0.1', 'juliet@127.0.0.1'],
    ['juliet@my_host', 'juliet@my_host'],
    ['juliet@example.com/Foo\u00a0Bar', 'juliet@example.com/Foo Bar'],
    ['juliet@example.com/a\u0308', 'juliet@example.com/\u00e4'],
  ])('%s is %s', (text, jid) => {
    expect(parseJid(text)).toBe(jid)
  })

  test('the case of a resource counts', () => {
    expect(parseJid('juliet@example.com/Foo')).not.toBe(parseJid('juliet@example.com/foo'))
  })

  test('a resource may hold a joined emoji and a character newer than our tables', () => {
    for (const resource of ['👩🏽‍🚀❤️', '\u{1fae9}', '\u{323b0}']) {
      expect(resourceOf(parseJid(`room@example.com/${resource}`) as Jid)).toBe(resource)
    }
  })
})

describe('S16: what looks the same is not the same', () => {
  test.each([
    ['аdmin@example.com', 'Cyrillic а'],
    ['adm\u0131n@example.com', 'dotless ı'],
    ['adrnin@example.com', 'rn for m'],
    ['admin@exаmple.com', 'Cyrillic а in the domain'],
    ['admin@xn--exmple-4nf.com', 'the same in punycode'],
    ['admin@examp1e.com', '1 for l'],
    ['admin@example.com.evil.example', 'a longer domain'],
    ['ａdmin.@example.com', 'a dot'],
  ])('%s (%s) is not admin@example.com', (text) => {
    const jid = parseJid(text)
    expect(jid).toBeDefined()
    expect(jid).not.toBe('admin@example.com')
  })
})

describe('parts', () => {
  test('bare JIDs have no resource', () => {
    expect(parseBareJid('juliet@example.com')).toBe('juliet@example.com')
    expect(parseBareJid('juliet@example.com/balcony')).toBeUndefined()
    expect(parseBareJid('juliet@example.com/')).toBeUndefined()
    expect(bareOf(parseJid('juliet@example.com/a/b@c') as Jid)).toBe('juliet@example.com')
    expect(resourceOf(parseJid('juliet@example.com/a/b@c') as Jid)).toBe('a/b@c')
  })

  test('an account has a localpart and no resource', () => {
    expect(
      ['juliet@example.com', 'example.com', 'juliet@example.com/r'].map((text) =>
        isAccountJid(parseJid(text) as Jid),
      ),
    ).toEqual([true, false, false])
  })
})

describe('for any text', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom(
      '@',
      '/',
      '.',
      'example.com',
      'xn--',
      'İ',
      'ß',
      'Σ',
      'ΑΣ',
      'ｆ',
      '\u0345',
      '\u1e9e',
      'ꭰ',
      '가',
      '[::1]',
      '1',
    ),
  )
  const text = fc.oneof(
    fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
    fc
      .tuple(piece, piece, piece)
      .map(([local, domain, resource]) => `${local}@${domain}.example/${resource}`),
    fc.tuple(piece, piece).map(([local, resource]) => `${local}@example.com/${resource}`),
  )

  test('reading never throws, and reading what was read changes nothing', () => {
    let read = 0
    fc.assert(
      fc.property(text, (value) => {
        const jid = parseJid(value)
        if (jid === undefined) return
        read++
        expect(parseJid(jid)).toBe(jid)
        expect(/\p{Cs}/u.test(jid)).toBe(false)
        const [local, domain, resource] = parts(jid) as [string, string, string | undefined]
        expect((local && `${local}@`) + domain + (resource === undefined ? '' : `/${resource}`)).toBe(jid)
        for (const part of [local, domain, resource ?? '']) expect(Buffer.byteLength(part)).toBeLessThan(1024)
      }),
      { numRuns: 5000 },
    )
    expect(read).toBeGreaterThan(300)
  })

  test('the same for every single character of the first plane', { timeout: 60_000 }, () => {
    for (let code = 0; code <= 0xffff; code++) {
      const char = String.fromCodePoint(code)
      for (const value of [`a${char}b@example.com`, `a${char}b.example`]) {
        const jid = parseJid(value)
        if (jid !== undefined && parseJid(jid) !== jid)
          expect(parseJid(jid), `U+${code.toString(16)}`).toBe(jid)
      }
    }
  })
})

test('an address is read the same a second time, and after a thousand other domains', () => {
  const texts = [
    'a@b.example/c',
    'a@B.example',
    'a@-b.example',
    'a@xn--mgbh0fb.example',
    'a@1',
    '@',
    'a@bücher.example',
  ]
  const first = texts.map((text) => parseJid(text))
  for (let index = 0; index < 1000; index += 1) parseJid(`a@host${index}.example`)
  expect(texts.map((text) => parseJid(text))).toEqual(first)
  expect(texts.map((text) => parseJid(text))).toEqual(first)
  expect(first).toEqual([
    'a@b.example/c',
    'a@b.example',
    undefined,
    'a@مثال.example',
    undefined,
    undefined,
    'a@bücher.example',
  ])
})
