import { expect, test } from 'vitest'
import { placeMenu } from '../../src-renderer/components/base/menu-place.ts'

const menu = { width: 200, height: 100 }
const view = { width: 800, height: 600 }
const box = (left: number, top: number) => ({ left, top, right: left + 40, bottom: top + 40 })
const point = (x: number, y: number) => ({ left: x, top: y, right: x, bottom: y })

test.each([
  ['below its control, at its left edge', box(100, 100), 'left', { left: 100, top: 144 }],
  ['at its right edge', box(500, 100), 'right', { left: 340, top: 144 }],
  ['above when there is no room below', box(100, 540), 'left', { left: 100, top: 436 }],
  ['inside at the right of the window', box(750, 100), 'left', { left: 592, top: 144 }],
  ['inside at the left of the window', box(10, 100), 'right', { left: 8, top: 144 }],
  ['at a point', point(300, 300), 'left', { left: 300, top: 304 }],
  ['at a point in the corner', point(799, 599), 'left', { left: 592, top: 492 }],
] as const)('%s', (_, anchor, side, place) => {
  expect(placeMenu(menu, anchor, view, side)).toEqual(place)
})

test('one that is larger than the window shows its start', () => {
  const huge = { width: 900, height: 700 }
  expect(placeMenu(huge, box(100, 100), view, 'right')).toEqual({ left: 8, top: 8 })
})
