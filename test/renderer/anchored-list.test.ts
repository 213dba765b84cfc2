import { describe, expect, test } from 'vitest'
import { anchorToHold, type Anchor } from '../../src-renderer/components/lists/anchors.ts'
import { offsetsOf, rowAt, rowsToDraw } from '../../src-renderer/components/lists/rows-in-sight.ts'

const offsets = offsetsOf([10, 20, 30, 40, 50], (height) => height)

describe('heights', () => {
  test('add up', () => {
    expect([...offsets]).toEqual([0, 10, 30, 60, 100, 150])
    expect([...offsetsOf([], () => 1)]).toEqual([0])
  })

  test.each([
    [-5, 0],
    [0, 0],
    [9.9, 0],
    [10, 1],
    [59, 2],
    [100, 4],
    [999, 4],
  ])('at %d begins or goes on row %d', (y, row) => {
    expect(rowAt(offsets, y)).toBe(row)
  })
})

describe('what is drawn', () => {
  test('is what lies between, with the room before it', () => {
    expect(rowsToDraw(offsets, 35, 70, [])).toEqual([
      { index: 2, gap: 30 },
      { index: 3, gap: 0 },
    ])
  })

  test('is what must always be, too, on either side', () => {
    expect(rowsToDraw(offsets, 35, 40, [0, 4, 2, -1, 99])).toEqual([
      { index: 0, gap: 0 },
      { index: 2, gap: 20 },
      { index: 4, gap: 40 },
    ])
  })

  test('of nothing is nothing', () => {
    expect(
      rowsToDraw(
        offsetsOf([], () => 1),
        0,
        100,
        [],
      ),
    ).toEqual([])
  })
})

describe('what the eye is on', () => {
  const anchors: Anchor[] = ['b', 'c', 'd'].map((key, index) => ({
    ...{ key, top: index * 10 },
    before: 'abc'[index],
    after: 'cde'[index],
  }))
  const held = (order: string): string | number | undefined =>
    anchorToHold(anchors, (key) => {
      const index = order.indexOf(String(key))
      return index < 0 ? undefined : index
    })?.key

  test('is the first row in sight, whatever comes around it', () => {
    expect(held('abcde')).toBe('b')
    expect(held('xxaxxbxxcxxdxxe')).toBe('b')
  })

  test('is the next one when that is gone or went elsewhere', () => {
    expect(held('acde')).toBe('c')
    expect(held('acdeb')).toBe('d')
    expect(held('bacde')).toBe('c')
    expect(held('e')).toBeUndefined()
  })

  test('is one that is there at least, when all moved', () => {
    expect(held('edcba')).toBe('b')
  })
})
