import { describe, expect, test } from 'vitest'
import { createTranslator } from '../../src-main/text/text.ts'
import { dayOf, startOfDay } from '../../src-renderer/components/message/days.ts'
import { logKey } from '../../src-renderer/components/message/log-keys.ts'
import { transcriptOf } from '../../src-renderer/components/message/transcript.ts'
import { TimelineSelection } from '../../src-renderer/stores/timeline-selection.svelte.ts'
import { makeMessage } from './make-message.ts'

const loaded = [1, 2, 3, 4, 5].map((id) => makeMessage(id))
const [one, , three, four, five] = loaded as [
  ...[(typeof loaded)[0], (typeof loaded)[0], (typeof loaded)[0]],
  ...[(typeof loaded)[0], (typeof loaded)[0]],
]
const ids = (selection: TimelineSelection): number[] => selection.messages.map(({ id }) => id)

describe('selecting', () => {
  test('one by one, oldest first, and none again', () => {
    const selection = new TimelineSelection()
    expect(selection.active).toBe(false)
    selection.toggle(four)
    selection.toggle(one)
    expect([selection.active, ids(selection)]).toEqual([true, [1, 4]])
    selection.toggle(four)
    selection.toggle(one)
    expect(selection.active).toBe(false)
  })

  test('all between, both ways', () => {
    const selection = new TimelineSelection()
    selection.toggle(three)
    selection.extendTo(five, loaded)
    expect(ids(selection)).toEqual([3, 4, 5])
    selection.extendTo(one, loaded)
    expect(ids(selection)).toEqual([1, 2, 3, 4, 5])
  })

  test('a range without a start, or with one that is not loaded, is its end alone', () => {
    const selection = new TimelineSelection()
    selection.extendTo(three, loaded)
    expect(ids(selection)).toEqual([3])
    selection.extendTo(one, [one])
    expect(ids(selection)).toEqual([1, 3])
  })

  test('what changes or goes does so here too', () => {
    const selection = new TimelineSelection()
    selection.toggle(one)
    selection.toggle(four)
    selection.change(makeMessage(4, { body: 'corrected' }))
    selection.change(makeMessage(5, { body: 'not selected' }))
    selection.remove(1)
    expect(selection.messages.map(({ body }) => body)).toEqual(['corrected'])
    selection.clear()
    expect(selection.active).toBe(false)
  })
})

describe('as text', () => {
  const at = new Date(2026, 10, 21, 9, 41).getTime()
  const nameOf = ({ direction }: { direction: string }): string => (direction === 'in' ? 'Juliet' : 'romeo')

  test('when, who and what, in both languages', () => {
    const messages = [
      makeMessage(1, { sentAt: at, body: 'two\nlines' }),
      makeMessage(2, { sentAt: at, direction: 'out', body: '{x}' }),
    ]
    expect(transcriptOf(messages, nameOf, createTranslator('en'))).toBe(
      '[2026-11-21 09:41] Juliet: two\nlines\n[2026-11-21 09:41] romeo: {x}',
    )
    expect(transcriptOf(messages, nameOf, createTranslator('zh-CN'))).toContain('romeo：{x}')
  })

  test('one alone is its words', () => {
    expect(transcriptOf([makeMessage(1, { body: 'words' })], nameOf, createTranslator('en'))).toBe('words')
  })
})

describe('days', () => {
  test('as a date field has them, and back', () => {
    const noon = new Date(2026, 1, 3, 12).getTime()
    expect(dayOf(noon)).toBe('2026-02-03')
    expect(startOfDay('2026-02-03')).toBe(new Date(2026, 1, 3).getTime())
    expect(new Date(startOfDay('0044-03-15') ?? 0).getFullYear()).toBe(44)
  })

  test('none where there is none', () => {
    expect([dayOf(9e15), dayOf(NaN), startOfDay(''), startOfDay('12026-01-01')]).toEqual([
      ...[undefined, undefined, undefined, undefined],
    ])
  })
})

describe('keys of the log', () => {
  const press = (key: string, part: object = {}) =>
    logKey({ key, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...part })

  test('arrows walk, with Ctrl too; with Shift they select on the way', () => {
    expect(press('ArrowUp')).toEqual({ kind: 'walk', step: -1, extend: false })
    expect(press('ArrowDown', { ctrlKey: true })).toEqual({ kind: 'walk', step: 1, extend: false })
    expect(press('ArrowDown', { shiftKey: true })).toEqual({ kind: 'walk', step: 1, extend: true })
  })

  test('Enter asks for the menu, Esc goes back; the window’s own keys stay its own', () => {
    expect([press('Enter'), press('Escape')]).toEqual([{ kind: 'menu' }, { kind: 'leave' }])
    expect([press('ArrowUp', { altKey: true }), press('Enter', { ctrlKey: true }), press('x')]).toEqual([
      ...[undefined, undefined, undefined],
    ])
  })
})
