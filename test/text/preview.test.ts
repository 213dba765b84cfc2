import { expect, test } from 'vitest'
import { createTranslator } from '../../src-main/text/text.ts'
import { previewOf, previewOfBody, shorten } from '../../src-main/text/preview.ts'

test.each([
  ['one\ntwo\r\n\tthree', 'one two three'],
  ['  *bold*\u3000_x_ ', '*bold* _x_'],
  ['```\ncode\n```', '``` code ```'],
  ['', ''],
  ['\n \n', ''],
  ['x'.repeat(20), 'x'.repeat(20)],
  ['x'.repeat(21), `${'x'.repeat(19)}…`],
  ['😀'.repeat(21), `${'😀'.repeat(19)}…`],
  [`a${'\n'.repeat(1000)}b`, 'a…'],
])('of %j: %j', (text, line) => {
  expect(previewOf(text, 20)).toBe(line)
})

test('half a character is never left', () => {
  expect(shorten(`${'a'.repeat(79)}😀`, 20)).toBe(`${'a'.repeat(19)}…`)
  expect(
    [...previewOf(`${' '.repeat(79)}😀`, 20)].every(
      (char) => char.length > 1 || !/[\ud800-\udfff]/.test(char),
    ),
  ).toBe(true)
})

test('an action is told with the name of who acts', () => {
  const en = createTranslator('en')
  expect(previewOfBody('/me laughs\nloud', 'Juliet', 20, en)).toBe('* Juliet laughs loud')
  expect(previewOfBody('/me’s here', 'Juliet', 20, en)).toBe('/me’s here')
  expect(previewOfBody('/me x', 'Ju\u202eliet', 20, en)).toBe('* ⚠ Ju[U+202E]liet x')
})
