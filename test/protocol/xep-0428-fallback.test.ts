/** XEP-0428: which words are left, and which were there for others. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bodyRegions, divideText } from '../../src-main/protocol/xep-0428-fallback.ts'

describe('dividing a text', () => {
  test('counts characters, not UTF-16 units (XEP-0426)', () => {
    expect(divideText('> 👩‍👧 hi\nGreat', [{ start: 0, end: 9 }])).toEqual({ kept: 'Great', cut: '> 👩‍👧 hi\n' })
  })

  test('regions overlap, lie beyond the end, and come in any order', () => {
    const regions = [{ start: 8, end: 900 }, { start: 2, end: 4 }, { start: 1, end: 3 }, { start: 5000 }]
    expect(divideText('0123456789', regions)).toEqual({ kept: '04567', cut: '12389' })
  })

  test('without an end it goes to the end', () => {
    expect(divideText('abc', [{ start: 1 }])).toEqual({ kept: 'a', cut: 'bc' })
    expect(divideText('abc', [])).toEqual({ kept: 'abc', cut: '' })
  })

  test('never loses, doubles or cuts a character', () => {
    const region = fc.record({ start: fc.nat(40), end: fc.nat(60) })
    const text = fc.string({ unit: 'grapheme', maxLength: 50 })
    fc.assert(
      fc.property(text, fc.array(region, { maxLength: 6 }), (given, regions) => {
        const { kept, cut } = divideText(given, regions)
        const inside = (index: number): boolean =>
          regions.some(({ start, end }) => start <= index && index < end)
        const points = [...given]
        expect(kept).toBe(points.filter((_point, index) => !inside(index)).join(''))
        expect(cut).toBe(points.filter((_point, index) => inside(index)).join(''))
      }),
    )
  })
})

test('only the regions for what is understood', () => {
  const fallbacks = [
    { for: 'urn:a', body: [{ start: 0, end: 1 }], subject: [] },
    { for: 'urn:b', body: [{ start: 2 }], subject: [] },
    { body: [{ start: 4 }], subject: [] },
  ]
  expect(bodyRegions(fallbacks, 'urn:a')).toEqual([{ start: 0, end: 1 }])
  expect(bodyRegions(undefined, 'urn:a')).toEqual([])
})
