import { describe, expect, test } from 'vitest'
import { createTranslator } from '../../src-main/text/text.ts'
import { clockTime, dayLabel, dayNumber, fullTime, listTime } from '../../src-main/text/times.ts'

const en = createTranslator('en')
const zh = createTranslator('zh-CN')
/** Thursday 19 November 2026, in the afternoon. */
const now = new Date(2026, 10, 19, 15, 30).getTime()
const at = (...parts: [number, number, number, number?, number?]): number => new Date(...parts).getTime()

describe('dayLabel and listTime', () => {
  test.each([
    [at(2026, 10, 19, 0, 0), 'Today', '00:00', '今天', '00:00'],
    [at(2026, 10, 19, 23, 59), 'Today', '23:59', '今天', '23:59'],
    [at(2026, 10, 18, 23, 59), 'Yesterday', 'Yesterday', '昨天', '昨天'],
    [at(2026, 10, 13, 9, 5), 'Friday', 'Fri', '星期五', '周五'],
    [at(2026, 10, 12, 9, 5), 'Thursday 12 November', '12 Nov', '11月12日星期四', '11月12日'],
    [at(2025, 11, 31, 9, 5), '31 December 2025', '31/12/25', '2025年12月31日', '25/12/31'],
    // A clock that runs ahead of ours.
    [at(2026, 10, 20, 1, 0), 'Friday 20 November', '20 Nov', '11月20日星期五', '11月20日'],
  ])('%s', (time, day, short, tian, duan) => {
    expect([dayLabel(time, now, en), listTime(time, now, en)]).toEqual([day, short])
    expect([dayLabel(time, now, zh), listTime(time, now, zh)]).toEqual([tian, duan])
  })
})

test('clock time has two digits and 24 hours', () => {
  expect(clockTime(at(2026, 0, 1, 0, 5), 'en')).toBe('00:05')
  expect(clockTime(at(2026, 0, 1, 21, 5), 'zh-CN')).toBe('21:05')
})

test('the full time says day, date and seconds', () => {
  expect(fullTime(at(2026, 10, 19, 15, 30), 'en')).toBe('Thursday, 19 November 2026 at 15:30:00')
})

test('days count by the calendar, over the change of clocks too', () => {
  for (let day = 1; day < 800; day += 1) {
    expect(dayNumber(at(2026, 0, day, 23, 59)) - dayNumber(at(2026, 0, day, 0, 1))).toBe(0)
    expect(dayNumber(at(2026, 0, day + 1, 0, 1)) - dayNumber(at(2026, 0, day, 23, 59))).toBe(1)
  }
})

test('a time stamp beyond what Date holds gives no text and no exception', () => {
  for (const time of [Number.NaN, 9e15, -9e15, Infinity]) {
    expect(clockTime(time, 'en')).toBe('')
    expect(fullTime(time, 'en')).toBe('')
    expect(dayLabel(time, now, en)).toBe('')
    expect(listTime(time, now, zh)).toBe('')
  }
})
