import { describe, expect, test } from 'vitest'
import { mentionAt, mentionText, wordAt } from '../../../src-renderer/components/rooms/mention-at.ts'

/** The caret is where the | stands. */
function at(marked: string): [string, number] {
  const caret = marked.indexOf('|')
  return [marked.replace('|', ''), caret]
}

describe('after an @', () => {
  test.each([
    ['@|', '', 0],
    ['@Ju|', 'Ju', 0],
    ['Hist, @Ju|', 'Ju', 6],
    ['(@Friar Lau|', 'Friar Lau', 1],
    ['今晚@朱|', '朱', 2],
    ['@Ju|liet', 'Ju', 0],
  ])('%s', (marked, typed, start) => {
    expect(mentionAt(...at(marked))).toMatchObject({ typed, start })
  })

  test.each([['juliet@cap|'], ['a.b+c@d|'], ['Ju|'], ['@a\nb|'], [`@${'x'.repeat(80)}|`]])(
    'not in %j',
    (marked) => {
      expect(mentionAt(...at(marked))).toBeUndefined()
    },
  )

  test('a letter that is too far back to be seen forbids nothing by chance', () => {
    expect(mentionAt(`${'x'.repeat(100)}@${'y'.repeat(63)}`, 164)).toBeUndefined()
  })
})

test('the word before the caret, for Tab', () => {
  expect(wordAt(...at('Hist, Ju|'))).toEqual({ typed: 'Ju', start: 6, end: 8 })
  expect(wordAt(...at('@Ju|'))).toEqual({ typed: 'Ju', start: 0, end: 3 })
  expect(wordAt(...at('Hist, |'))).toBeUndefined()
})

test('what is inserted addresses at the beginning, and names elsewhere', () => {
  expect(mentionText('Juliet', '@Ju', { start: 0, end: 3 })).toBe('Juliet: ')
  expect(mentionText('Juliet', 'ask @Ju', { start: 4, end: 7 })).toBe('Juliet ')
  expect(mentionText('Juliet', 'ask @Ju now', { start: 4, end: 7 })).toBe('Juliet')
})
