import { describe, expect, test } from 'vitest'
import { findTerms, parseQuery, toIndexText, toMatchExpression } from '../../src-main/storage/search/query.ts'
import { snippetOf, writtenForms } from '../../src-main/storage/search/snippet.ts'
import { wordsOf } from '../../src-main/storage/search/words.ts'

const tokens = (text: string) => wordsOf(text).map(({ token }) => token)

describe('words', () => {
  test.each<[string, readonly string[]]>([
    ['But soft! What light', ['but', 'soft', 'what', 'light']],
    ["don't", ['don', 't']],
    ['Crème Brûlée, naïve Ångström', ['creme', 'brulee', 'naive', 'angstrom']],
    ['e\u0301te\u0301', ['ete']],
    ['Łódź Ørsted Straße Ærø', ['lodz', 'orsted', 'strasse', 'aero']],
    ['Ёлка ΟΔΟΣ', ['елка', 'οδοσ']],
    ['İstanbul ılık', ['istanbul', 'ilik']],
    ['你好，世界', ['你', '好', '世', '界']],
    ['東京タワーへ', ['東', '京', 'タ', 'ワ', 'ー', 'へ']],
    ['か\u3099', ['が']],
    ['안녕 세상', ['안', '녕', '세', '상']],
    ['ﾊﾝｶｸ ＡＢＣ１', ['ハ', 'ン', 'カ', 'ク', 'abc1']],
    ['hello你好x2', ['hello', '你', '好', 'x2']],
    ['สวัสดี', ['ส', 'วั', 'ส', 'ดี']],
    ['שָׁלוֹם مُحَمَّد', ['שלום', 'محمد']],
    ['https://example.org/a_b?c=1', ['https', 'example', 'org', 'a', 'b', 'c', '1']],
    ['ok 👍🏽 😀', ['ok', '👍', '😀']],
    ['ﬁne ½', ['fine', '1', '2']],
    ['a'.repeat(50), ['a'.repeat(40)]],
    ['\ue0001 \0 * " AND', ['1', 'and']],
    ['', []],
  ])('%j', (text, expected) => {
    const found = tokens(text)
    expect(found.filter((token) => token !== '🏽')).toStrictEqual(expected)
    // Nothing that the index would cut again.
    for (const token of found) expect(token).not.toMatch(/[\0-/:-@[-`{-\x7f\s]/)
  })

  test('say where they stand in the text as it is written', () => {
    const text = '¡Él vio 東京!'
    expect(wordsOf(text).map(({ start, end }) => text.slice(start, end))).toStrictEqual([
      'Él',
      'vio',
      '東',
      '京',
    ])
  })
})

describe('a query', () => {
  test.each<[string, string]>([
    ['juliet', '"juliet" *'],
    ['a juliet', '"a" AND "juliet" *'],
    ['"but soft" lig', '"but soft" AND "lig" *'],
    ['“but soft', '"but soft"'],
    ['你好', '"你 好"'],
    ['hello你好', '"hello 你 好"'],
    ["don't", '"don t"'],
    ['he OR she NOT*', '"he" * AND "or" * AND "she" * AND "not" *'],
    ['"" * ( ^', ''],
  ])('%s', (text, expression) => {
    expect(toMatchExpression(parseQuery(text))).toBe(expression)
  })

  test('is bounded', () => {
    expect(parseQuery('x '.repeat(500)).length).toBe(16)
    expect(parseQuery(`"${'x '.repeat(500)}"`)[0]?.tokens.length).toBe(64)
  })

  test('within a conversation asks for a mark that no text has', () => {
    expect(toMatchExpression(parseQuery('hi'), 7)).toBe('"\ue0007" AND "hi" *')
    expect(toIndexText(7, '\ue0008 hi')).toBe('\ue0007 8 hi')
  })
})

describe('what is found in a text', () => {
  const found = (body: string, query: string) =>
    findTerms(body, parseQuery(query))?.map(({ start, end }) => body.slice(start, end))

  test.each<[string, string, readonly string[] | undefined]>([
    ['But soft, what light', 'sof light', ['soft', 'light']],
    ['But soft, what light', 'soft but', ['But', 'soft']],
    ['But soft, what light', '"soft but"', undefined],
    ['But soft, what light', '"but soft"', ['But soft']],
    ['But soft, what light', '"but sof"', undefined],
    ['Crème et crème', 'creme', ['Crème', 'crème']],
    ['我们明天在东京见面', '东京', ['东京']],
    ['我们明天在东京见面', '京东', undefined],
    ['aa aab', 'aa aab', ['aa', 'aab']],
    ['x', '', []],
  ])('%s: %s', (body, query, expected) => {
    expect(found(body, query)).toStrictEqual(expected)
  })
})

describe('a snippet', () => {
  const snippet = (body: string, query: string) => {
    const ranges = findTerms(body, parseQuery(query)) ?? []
    const { text, marks } = snippetOf(body, ranges)
    return { text, marked: marks.map(([start, end]) => text.slice(start, end)) }
  }

  test('of a short text is the text, on one line', () => {
    expect(snippet('one\ntwo\tthree', 'two')).toStrictEqual({ text: 'one two three', marked: ['two'] })
  })

  test('of a long one is what stands around the first find', () => {
    const { text, marked } = snippet(`${'word '.repeat(100)}needle ${'more '.repeat(100)}needle`, 'needle')
    expect(text).toMatch(/^…word .*needle more .*…$/)
    expect(text.length).toBeLessThanOrEqual(162)
    expect(marked).toStrictEqual(['needle'])
  })

  test('never cuts a character in two', () => {
    for (let shift = 0; shift < 4; shift += 1) {
      const { text } = snippet(`${'x'.repeat(shift)}${'😀'.repeat(200)} needle ${'😀'.repeat(200)}`, 'needle')
      expect(Buffer.from(text).toString()).toBe(text)
      expect(text).toContain('needle')
    }
  })

  test('says each way of writing once, for the bubble', () => {
    const body = 'Crème crème Crème'
    expect(writtenForms(body, findTerms(body, parseQuery('creme')) ?? [])).toStrictEqual(['Crème', 'crème'])
  })
})
