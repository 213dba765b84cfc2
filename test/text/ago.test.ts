import { describe, expect, test } from 'vitest'
import { agoText, clockAt, offsetText } from '../../src-main/text/ago.ts'

describe('agoText', () => {
  test.each([
    [0, '1 minute ago', '1分钟前'],
    [59, '1 minute ago', '1分钟前'],
    [60 * 59, '59 minutes ago', '59分钟前'],
    [3600 * 23, '23 hours ago', '23小时前'],
    [86_400, 'yesterday', '昨天'],
    [86_400 * 6, '6 days ago', '6天前'],
    [86_400 * 20, '2 weeks ago', '2周前'],
    [86_400 * 400, 'last year', '去年'],
    [3_155_760_000, '100 years ago', '100年前'],
  ])('%i s', (seconds, english, chinese) => {
    expect(agoText(seconds, 'en')).toBe(english)
    expect(agoText(seconds, 'zh-CN')).toBe(chinese)
  })
})

test.each([
  [0, 'UTC', '12:05'],
  [120, 'UTC+2', '14:05'],
  [-210, 'UTC−3:30', '08:35'],
  [840, 'UTC+14', '02:05'],
  [345, 'UTC+5:45', '17:50'],
])('a clock %i minutes from UTC', (minutes, words, clock) => {
  expect(offsetText(minutes)).toBe(words)
  expect(clockAt(Date.UTC(2026, 10, 21, 12, 5, 59), minutes)).toBe(clock)
})

test('a time beyond all calendars breaks nothing', () => {
  expect(clockAt(8.64e15, 60)).toBe('')
  expect(clockAt(-62_198_755_200_000, 0)).toBe('00:00')
})
