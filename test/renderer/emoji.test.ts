/** Emoji: the tables as they come, searching in both languages, rows and walking, and where a short name is typed. */
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { shortNameAt } from '../../src-renderer/components/emoji/completing.ts'
import { createEmojiBook, type EmojiBook } from '../../src-renderer/components/emoji/emoji-book.ts'
import { EmojiHabits } from '../../src-renderer/components/emoji/emoji-habits.svelte.ts'
import { COLUMNS, emojiRows, walk, type EmojiRow } from '../../src-renderer/components/emoji/emoji-rows.ts'
import { loadEmoji } from '../../src-renderer/components/emoji/load-emoji.ts'
import { isEmojiOnly } from '../../src-renderer/components/message/emoji.ts'

let book: EmojiBook
beforeAll(async () => {
  book = await loadEmoji()
})

describe('the book', () => {
  test('holds every emoji once, each drawable, named in both languages, with a short name', () => {
    expect(book.all.length).toBeGreaterThan(1700)
    expect(new Set(book.all.map(({ text }) => text)).size).toBe(book.all.length)
    for (const { text, label, names, tones } of book.all) {
      expect(isEmojiOnly(text), text).toBe(true)
      expect(label.en !== '' && label['zh-CN'] !== '' && names.length > 0, text).toBe(true)
      expect(tones === undefined || new Set(tones).size === 5, text).toBe(true)
    }
  })

  test('is loaded once', async () => {
    expect(await loadEmoji()).toBe(book)
  })

  test.each([
    ['smile', '😄'],
    ['+1', '👍'],
    ['-1', '👎'],
    ['heart', '❤️'],
    ['tada', '🎉'],
    ['joy', '😂'],
    ['SMILE', '😄'],
  ])('%s is a name', (name, text) => {
    expect(book.find(name)?.text).toBe(text)
  })

  test('what is no name is none', () => {
    for (const name of ['', 'nosuch', '__proto__', 'constructor', ':smile:'])
      expect(book.find(name)).toBeUndefined()
  })

  test.each([
    ['moon', '🌙'],
    ['thumbs up', '👍'],
    ['thumbs_up', '👍'],
    ['笑脸', '😀'],
    ['月亮', '🌙'],
    ['猫', '🐱'],
    ['CAT', '🐱'],
    ['germany', '🇩🇪'],
  ])('%s finds %s', (query, text) => {
    expect(book.search(query, 40).map((emoji) => emoji.text)).toContain(text)
  })

  test('the best is first; nothing finds nothing', () => {
    expect(book.search('smile', 5)[0]?.text).toBe('😄')
    expect(book.search(':smi', 5).length).toBe(5)
    expect(book.search('  ', 5)).toEqual([])
    expect(book.search('no such emoji', 5)).toEqual([])
  })

  test('leaves out what this runtime does not know', () => {
    const raw = { hexcode: 'X', unicode: 'no emoji', label: 'new', group: 0 }
    expect(createEmojiBook([raw], [], []).all).toEqual([])
  })
})

describe('rows', () => {
  const rows = (query = '', recent: string[] = [], tone: 0 | 3 = 0): readonly EmojiRow[] =>
    emojiRows(book, { query, recent, tone })
  const texts = (all: readonly EmojiRow[]): string[] =>
    all.flatMap((row) => (row.kind === 'cells' ? row.cells.map(({ text }) => text) : []))

  test('groups under their headings, cells numbered through', () => {
    const all = rows()
    expect(all[0]).toMatchObject({ kind: 'heading', section: 'smileys' })
    expect(all.filter(({ kind }) => kind === 'heading').length).toBe(9)
    const indexes = all.flatMap((row) => (row.kind === 'cells' ? row.cells.map(({ index }) => index) : []))
    expect(indexes).toEqual(indexes.map((_, at) => at))
    expect(indexes.length).toBe(book.all.length)
  })

  test('what was used last comes first, as it was; what is unknown is left out', () => {
    const all = rows('', ['👍🏽', 'gone', '😄'], 0)
    expect(all[0]).toMatchObject({ section: 'recent' })
    expect(texts(all).slice(0, 2)).toEqual(['👍🏽', '😄'])
  })

  test('in the tone that was chosen, where there is one', () => {
    expect(texts(rows('thumbs up', [], 3))).toContain('👍🏽')
    expect(texts(rows('moon', [], 3))).toContain('🌙')
  })

  test('keys walk as in a grid', () => {
    const all = rows()
    expect(walk(all, -1, 'ArrowDown')).toBe(0)
    expect(walk(all, -1, 'x')).toBeUndefined()
    expect(walk(all, 0, 'ArrowRight')).toBe(1)
    expect(walk(all, 0, 'ArrowLeft')).toBe(0)
    expect(walk(all, 1, 'ArrowDown')).toBe(1 + COLUMNS)
    expect(walk(all, 1 + COLUMNS, 'ArrowUp')).toBe(1)
    expect(walk(all, book.all.length - 1, 'ArrowRight')).toBe(book.all.length - 1)
    expect(walk(all, book.all.length - 1, 'PageDown')).toBe(book.all.length - 1)
    expect(walk([], -1, 'ArrowDown')).toBeUndefined()
    const lines = all.flatMap((row) => (row.kind === 'cells' ? [row.cells.length] : []))
    const short = lines.findIndex((length) => length < COLUMNS)
    const end = lines.slice(0, short).reduce((sum, length) => sum + length, 0)
    // From the last column into a shorter line: its last cell.
    expect(walk(all, end - 1, 'ArrowDown')).toBe(end + (lines[short] ?? 0) - 1)
  })
})

describe('habits', () => {
  function memory(start?: string) {
    let kept = start ?? null
    return { getItem: () => kept, setItem: (_: string, value: string) => void (kept = value) }
  }

  test('outlive the window, the latest first, each once', () => {
    const store = memory()
    const habits = new EmojiHabits(store)
    for (const text of ['a', 'b', 'a']) habits.use(text)
    habits.setTone(4)
    const later = new EmojiHabits(store)
    expect([later.recent, later.tone]).toEqual([['a', 'b'], 4])
    for (let index = 0; index < 100; index += 1) later.use(String(index))
    expect(later.recent.length).toBe(27)
  })

  test.each(['', 'null', '[]', '{"tone":9,"recent":[1,{},"😀"]}', '{"recent":"x"}', 'not json'])(
    'from %j nothing odd comes',
    (kept) => {
      const { tone, recent } = new EmojiHabits(memory(kept))
      expect(tone).toBe(0)
      expect(recent.every((text) => text === '😀')).toBe(true)
    },
  )

  test('a store that refuses costs nothing but the memory', () => {
    const refuse = (): never => {
      throw new Error('refused')
    }
    const habits = new EmojiHabits({ getItem: refuse, setItem: refuse })
    habits.use('😀')
    expect(habits.recent).toEqual(['😀'])
  })
})

describe('a short name is being typed', () => {
  test.each([
    [':smi', 'smi', false],
    [':smile:', 'smile', true],
    ['hello :smi', 'smi', false],
    ['hello\n:+1:', '+1', true],
    ['(:joy', 'joy', false],
    ['你好:smi', 'smi', false],
    ['你好，:smile:', 'smile', true],
    ['😀:tada:', 'tada', true],
    [':笑', '笑', false],
    ['`code` :smi', 'smi', false],
    ['```\ncode\n```\n:smi', 'smi', false],
  ])('in %j', (text, name, closed) => {
    expect(shortNameAt(text, text.length)).toMatchObject({ name, closed, end: text.length })
  })

  test.each([
    '10:30:45',
    '10:30:',
    'https://a.example:8080',
    'https:',
    'mailto:juliet',
    'a:smile:',
    'std::vector',
    ':',
    ':s',
    ': smile',
    ':smile: ',
    ':-)',
    '`:smile:',
    '`x` `:smi',
    '```\n:smi',
    '```rust\nlet x\n:smile:',
    '``` :smi',
    `:${'a'.repeat(100)}`,
  ])('but not in %j', (text) => {
    expect(shortNameAt(text, text.length)).toBeUndefined()
  })

  test('before the caret, whatever stands behind it', () => {
    expect(shortNameAt('say :smi and go', 8)).toMatchObject({ name: 'smi', start: 4, end: 8 })
    expect(shortNameAt('say :smi and go', 7)).toMatchObject({ name: 'sm', end: 7 })
  })

  test('whatever the text, what is found stands there', () => {
    const unit = fc.constantFrom(':', 'a', 'smile', ' ', '\n', '`', '```', '中', '😀', '1', '/', '+')
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 40 }), (units) => {
        const text = units.join('')
        const found = shortNameAt(text, text.length)
        if (found === undefined) return
        expect(text.slice(found.start, found.end)).toBe(`:${found.name}${found.closed ? ':' : ''}`)
        expect(text.slice(0, found.start)).not.toMatch(/[0-9a-z/:+]$/i)
      }),
    )
  })
})
