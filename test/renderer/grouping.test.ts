import { describe, expect, test } from 'vitest'
import { nextMessage, toRows, type Row } from '../../src-renderer/components/message/grouping.ts'
import { makeMessage } from './make-message.ts'

const noon = new Date(2026, 10, 19, 12, 0).getTime()
const MINUTE = 60_000

/** One word a row: `day`, `unread`, or the id with `<` for the first and `>` for the last of a run. */
function shape(rows: readonly Row[]): string {
  return rows
    .map((row) =>
      row.kind === 'message' ? `${row.first ? '<' : ''}${row.key}${row.last ? '>' : ''}` : row.kind,
    )
    .join(' ')
}

describe('toRows', () => {
  test('nothing gives nothing', () => {
    expect(toRows([], undefined)).toEqual([])
  })

  test('a run is one sender within five minutes of each other', () => {
    const rows = toRows(
      [
        makeMessage(1, { sentAt: noon }),
        makeMessage(2, { sentAt: noon + 5 * MINUTE }),
        makeMessage(3, { sentAt: noon + 10 * MINUTE + 1 }),
        makeMessage(4, { sentAt: noon + 11 * MINUTE, direction: 'out' }),
        makeMessage(5, { sentAt: noon + 11 * MINUTE, direction: 'out' }),
        makeMessage(6, { sentAt: noon + 12 * MINUTE }),
      ],
      undefined,
    )
    expect(shape(rows)).toBe('day <1 2> <3> <4 5> <6>')
  })

  test('a new day has a line and ends the run', () => {
    const midnight = new Date(2026, 10, 20).getTime()
    const rows = toRows(
      [makeMessage(1, { sentAt: midnight - 1000 }), makeMessage(2, { sentAt: midnight + 1000 })],
      undefined,
    )
    expect(shape(rows)).toBe('day <1> day <2>')
    expect(rows.filter((row) => row.kind === 'day').map((row) => row.at)).toEqual([
      midnight - 1000,
      midnight + 1000,
    ])
  })

  test('the unread line stands before its message, after the day, and ends the run', () => {
    const messages = [1, 2, 3].map((id) => makeMessage(id, { sentAt: noon + id * 1000 }))
    expect(shape(toRows(messages, 2))).toBe('day <1> unread <2 3>')
    expect(shape(toRows(messages, 1))).toBe('day unread <1 2 3>')
    expect(shape(toRows(messages, 99))).toBe('day <1 2 3>')
  })

  test('keys are unique even when the clock went back over midnight', () => {
    const rows = toRows(
      [noon, noon + 24 * 60 * MINUTE, noon].map((sentAt, index) => makeMessage(index + 1, { sentAt })),
      undefined,
    )
    expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length)
  })

  test('100,000 messages', () => {
    const messages = Array.from({ length: 100_000 }, (_, id) =>
      makeMessage(id, { sentAt: noon + id * MINUTE }),
    )
    expect(toRows(messages, 50_000).length).toBeGreaterThan(100_000)
  })
})

describe('times that are not in order', () => {
  const DAY = 24 * 60 * MINUTE
  const days = (...numbers: number[]) =>
    shape(
      toRows(
        numbers.map((day, index) => makeMessage(index + 1, { sentAt: noon + day * DAY })),
        undefined,
      ),
    )

  test('a few of another day stand in the day they came in', () => {
    expect(days(0, 0, 1, 1, 0, 1)).toBe('day <1 2> day <3 4> <5> <6>')
    expect(days(0, 9, 0)).toBe('day <1> <2> <3>')
  })

  test('many of another day are that day', () => {
    expect(days(1, 0, 0, 0, 0, 1)).toBe('day <1> day <2 3 4 5> day <6>')
  })

  test('a time that no Date holds breaks nothing', () => {
    expect(
      shape(toRows([makeMessage(1, { sentAt: 9e15 }), makeMessage(2, { sentAt: noon })], undefined)),
    ).toBe('day <1> day <2>')
  })
})

describe('gaps', () => {
  const messages = [1, 2, 3].map((id) => makeMessage(id, { sentAt: noon + id * 1000, place: id * 10 }))

  test('stand between the rows they lie between, and end the run', () => {
    const rows = toRows(messages, undefined, [{ afterPlace: 10, beforePlace: 20 }])
    expect(shape(rows)).toBe('day <1> gap <2 3>')
  })

  test('before the day and the unread line of what follows', () => {
    const later = [messages[0], makeMessage(4, { sentAt: noon + 48 * 60 * MINUTE, place: 40 })].filter(
      (one) => !!one,
    )
    expect(shape(toRows(later, 4, [{ afterPlace: 10, beforePlace: 40 }]))).toBe('day <1> gap day unread <4>')
  })

  test('at an end of what is loaded wait for the page beyond', () => {
    expect(shape(toRows(messages, undefined, [{ afterPlace: 5, beforePlace: 10 }]))).toBe('day <1 2 3>')
    expect(shape(toRows(messages, undefined, [{ afterPlace: 30, beforePlace: 50 }]))).toBe('day <1 2 3>')
  })
})

test('nextMessage steps over what is no message', () => {
  const rows = toRows(
    [1, 2].map((id) => makeMessage(id, { sentAt: noon + id * 24 * 60 * MINUTE })),
    2,
  )
  expect(shape(rows)).toBe('day <1> day unread <2>')
  expect([nextMessage(rows, -1, 1), nextMessage(rows, 1, 1), nextMessage(rows, 4, 1)]).toEqual([1, 4, -1])
  expect([nextMessage(rows, 5, -1), nextMessage(rows, 4, -1), nextMessage(rows, 1, -1)]).toEqual([4, 1, -1])
})
