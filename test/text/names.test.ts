/** Attack S16: what hides in a name shows, what imitates another is marked, and honest names of every script stay plain. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDomain } from '../../src-main/text/lookalikes.ts'
import { plainName, readName } from '../../src-main/text/names.ts'

const shown = (name: string): string =>
  readName(name)
    .pieces.map(({ text, hidden }) => (hidden ? `[${text}]` : text))
    .join('')

describe('honest names are shown as they are', () => {
  test.each([
    'Juliet',
    'Juliet Capulet',
    'juliet@capulet.example',
    'Зоя Ивановна',
    'Юлия Julia',
    'Ζωή',
    '朱丽叶',
    '张　三',
    '阿Q',
    'T恤店',
    '山田太郎',
    '葛\u{e0100}城',
    '줄리엣',
    'جولييت',
    'می\u200cخواهم',
    'יוליה',
    'क्\u200dष',
    'ජුලියට්',
    'Zoë O’Hara-Núñez',
    'Łukasz',
    'Ἀχιλλεύς',
    '❤️',
    'Moon 🌙',
    '👩‍👩‍👧 Family',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    '1️⃣',
    '✋️',
    '',
  ])('%s', (name) => {
    expect(readName(name)).toEqual({
      pieces: [{ text: name, hidden: false }].filter(({ text }) => text),
      warnings: [],
    })
    expect(plainName(name).replace(/^\u2068|\u2069$/g, '')).toBe(name)
  })
})

describe('what cannot be seen is made visible', () => {
  test.each([
    ['\u202eteiluJ', '[U+202E]teiluJ'],
    ['a\u200bdmin', 'a[U+200B]dmin'],
    ['admin\u200b\u200b\u200b', 'admin[U+200B×3]'],
    ['\ufeffadmin', '[U+FEFF]admin'],
    ['ad\u00admin', 'ad[U+00AD]min'],
    ['admin\u200d', 'admin[U+200D]'],
    ['ad\u200cmin', 'ad[U+200C]min'],
    ['a\u2066b\u2069', 'a[U+2066]b[U+2069]'],
    ['admin\u3164', 'admin[U+3164]'],
    ['admin\u2800', 'admin[U+2800]'],
    ['Juliet\u00a0Capulet', 'Juliet[U+00A0]Capulet'],
    ['Ju\nliet\u0007', 'Ju[U+000A]liet[U+0007]'],
    ['admin\ufe0f', 'admin[U+FE0F]'],
    ['admin\u{e0041}', 'admin[U+E0041]'],
    ['admin\ud83d', 'admin[U+D83D]'],
    ['🌙\u200d🌙', '🌙[U+200D]🌙'],
  ])('%j', (name, visible) => {
    expect(shown(name)).toBe(visible)
    expect(readName(name).warnings).toEqual(['hidden'])
    expect(plainName(name)).toBe(`⚠ ${visible}`)
  })

  test.each([
    ['admin ', 'admin[U+0020]'],
    [' admin', '[U+0020]admin'],
    ['Juliet  Capulet', 'Juliet [U+0020]Capulet'],
    ['   ', '[U+0020×3]'],
    ['张三　', '张三[U+3000]'],
  ])('padded: %j', (name, visible) => {
    expect(shown(name)).toBe(visible)
    expect(readName(name).warnings).toEqual(['padded'])
  })

  test('what hides in many places, or goes on for ever, does not fill the row', () => {
    expect(shown('a\u200bb\u200c'.repeat(100)).length).toBeLessThan(1000)
    expect(shown('\u200b'.repeat(100_000))).toBe('[U+200B×512]…')
    expect(shown('😀'.repeat(1000))).toBe(`${'😀'.repeat(256)}…`)
  })
})

describe('what imitates is marked', () => {
  test.each(['аdmin', 'Julіet', 'juliеt@capulet.example', '𝐀𝐝𝐦𝐢𝐧', 'ａｄｍｉｎ', 'Ρaul', 'ﬁona'])(
    '%s',
    (name) => {
      expect(readName(name).warnings).toContain('mixed')
      expect(shown(name)).toBe(name)
      expect(plainName(name)).toMatch(/^⚠ /)
      expect(plainName(name)).toContain(name)
    },
  )

  test('an address is told with the ASCII of its domain', () => {
    expect(plainName('juliet@аррӏе.com')).toBe('⚠ juliet@аррӏе.com (xn--80ak6aa92e.com)')
  })

  test.each([
    ['juliet@cаpulet.example', 'xn--cpulet-3nf.example'],
    ['juliet@раураӏ.com', undefined],
    ['juliet@аррӏе.com', 'xn--80ak6aa92e.com'],
    ['juliet@соса.com', undefined],
    ['juliet@capulet.exаmple/phone', undefined],
    ['juliet@capıtal.example', undefined],
    ['x@ｃapulet.example', undefined],
  ])('the domain of %s', (address, ascii) => {
    const found = readDomain(address)
    expect(found).toMatch(/^[a-z0-9.-]*xn--[a-z0-9.-]+$|^capulet\.example$/)
    if (ascii !== undefined) expect(found).toBe(ascii)
    expect(readName('Juliet', address)).toMatchObject({ warnings: ['domain'], ascii: found })
  })

  test.each([
    'juliet@capulet.example',
    'juliet@münchen.example',
    'юлия@пример.рф',
    'xn@сосо.рф',
    '朱丽叶@例子.中国',
    'x@東京タワー.jp',
    'x@[::1]',
    'capulet.example',
    '',
  ])('%s needs no mark', (address) => {
    expect(readDomain(address)).toBeUndefined()
  })
})

describe('as text alone', () => {
  test('made from its own result it stays as it is', () => {
    for (const name of [
      'admin ',
      'a\u200bdmin',
      'аdmin',
      'x@аррӏе.com',
      'جولييت',
      'جولييت\u200e ',
      '⚠ x',
      '',
    ]) {
      expect(plainName(plainName(name))).toBe(plainName(name))
    }
  })

  test('a name from right to left does not turn the sentence around it', () => {
    expect(plainName('جولييت')).toBe('\u2068جولييت\u2069')
    expect(plainName('יוליה ')).toBe('\u2068⚠ יוליה[U+0020]\u2069')
  })
})

test('whatever the name: nothing invisible is left, nothing visible is lost', () => {
  const unit = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.constantFrom(
      'a',
      ' ',
      '\u200b',
      '\u202e',
      '\u200d',
      '\ufe0f',
      '👩',
      'م',
      'क',
      '葛',
      '\u{e0100}',
      '\ud800',
    ),
  )
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 60 }), (units) => {
      const name = units.join('').slice(0, 500)
      const { pieces, warnings } = readName(name)
      const plain = pieces.filter(({ hidden }) => !hidden).map(({ text }) => text)
      expect(plain.join('').length).toBeLessThanOrEqual(name.length)
      expect(plain.join('')).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\p{Cc}]/u)
      expect(warnings.includes('hidden') || warnings.includes('padded')).toBe(
        pieces.some(({ hidden }) => hidden),
      )
      if (pieces.every(({ hidden }) => !hidden)) expect(plain.join('')).toBe(name)
    }),
  )
})
