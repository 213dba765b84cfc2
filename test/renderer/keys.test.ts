import { describe, expect, test } from 'vitest'
import { findByTyping, moveByKey, type Walk } from '../../src-renderer/components/lists/list-keys.ts'
import { keysText, shortcutOf, stepFrom, type Keys } from '../../src-renderer/screens/shortcuts.ts'

function keys(key: string, part: Partial<Keys> = {}): Keys {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false, ...part }
}

describe('shortcutOf', () => {
  test.each([
    [keys('k', { ctrlKey: true }), { name: 'switcher' }],
    [keys('K', { ctrlKey: true }), { name: 'switcher' }],
    [keys('K', { ctrlKey: true, shiftKey: true }), undefined],
    [keys('/', { ctrlKey: true, shiftKey: true }), { name: 'help' }],
    [keys('F1'), { name: 'help' }],
    [keys('n', { ctrlKey: true }), { name: 'add' }],
    [keys('3', { ctrlKey: true }), { name: 'nth', index: 2 }],
    [keys('ArrowUp', { altKey: true }), { name: 'previous' }],
    [keys('Tab', { ctrlKey: true, shiftKey: true }), { name: 'previous' }],
    [keys('F', { ctrlKey: true, shiftKey: true }), { name: 'search' }],
    [keys('f', { ctrlKey: true }), { name: 'find' }],
    [keys('F6', { shiftKey: true }), { name: 'previous-pane' }],
    [keys('Escape'), { name: 'escape' }],
    [keys('k'), undefined],
    [keys('0', { ctrlKey: true }), undefined],
    // AltGr is Ctrl and Alt: it writes signs.
    [keys('k', { ctrlKey: true, altKey: true }), undefined],
    [keys('Escape', { isComposing: true }), undefined],
    [keys('k', { metaKey: true }), undefined],
  ])('%o', (event, shortcut) => {
    expect(shortcutOf(event, 'linux')).toEqual(shortcut)
  })

  test('macOS has its own key for it', () => {
    expect(shortcutOf(keys('k', { metaKey: true }), 'darwin')).toEqual({ name: 'switcher' })
    expect(shortcutOf(keys('k', { ctrlKey: true }), 'darwin')).toBeUndefined()
    expect(keysText('Ctrl K', 'darwin')).toBe('⌘ K')
  })
})

test('stepFrom: from nowhere to an end, and never beyond one', () => {
  expect([stepFrom(-1, 1, 3), stepFrom(-1, -1, 3), stepFrom(2, 1, 3), stepFrom(0, -1, 3)]).toEqual([
    0, 2, 2, 0,
  ])
  expect(stepFrom(-1, 1, 0)).toBeUndefined()
})

describe('walking a list', () => {
  const rows = ['# A', 'Anna', 'Ärmel', '# B', 'Bob', 'Bea']
  const walk: Walk = {
    length: rows.length,
    page: 2,
    isRow: (index) => rows[index]?.startsWith('#') === false,
    labelOf: (index) => rows[index] ?? '',
  }

  test.each([
    ['ArrowDown', -1, 1],
    ['ArrowDown', 2, 4],
    ['ArrowDown', 5, 5],
    ['ArrowUp', 4, 2],
    ['ArrowUp', 1, 1],
    ['PageDown', 1, 2],
    ['PageUp', 5, 4],
    ['Home', 5, 1],
    ['End', 1, 5],
    ['x', 1, undefined],
  ])('%s from %i', (key, from, to) => {
    expect(moveByKey(key, from, walk)).toBe(to)
  })

  test('letters find the next that starts with them, around the end, without accents', () => {
    expect(findByTyping('b', 4, walk)).toBe(5)
    expect(findByTyping('b', 5, walk)).toBe(4)
    expect(findByTyping('arm', 1, walk)).toBe(2)
    expect(findByTyping('z', 1, walk)).toBeUndefined()
    expect(findByTyping(' ', 1, walk)).toBeUndefined()
  })
})
