import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  buildDateTime,
  buildOffset,
  parseDateTime,
  parseOffset,
} from '../../src-main/protocol/xep-0082-date-times.ts'

describe('XEP-0082 §3.2', () => {
  test.each([
    ['2002-09-10T23:08:25Z', Date.UTC(2002, 8, 10, 23, 8, 25)],
    ['2002-09-10T23:08:25.123Z', Date.UTC(2002, 8, 10, 23, 8, 25, 123)],
    ['2002-09-10T23:08:25.123456789Z', Date.UTC(2002, 8, 10, 23, 8, 25, 123)],
    ['2002-09-10T23:08:25.9Z', Date.UTC(2002, 8, 10, 23, 8, 25, 900)],
    ['2002-09-10T18:08:25-05:00', Date.UTC(2002, 8, 10, 23, 8, 25)],
    ['2002-09-11T04:53:25+05:45', Date.UTC(2002, 8, 10, 23, 8, 25)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
    ['1999-01-01T00:00:00Z', Date.UTC(1999, 0, 1)],
    ['9999-12-31T23:59:59.999Z', Date.UTC(9999, 11, 31, 23, 59, 59, 999)],
  ])('%s is a moment', (text, timeMs) => {
    expect(parseDateTime(text)).toBe(timeMs)
  })

  test.each([
    ['', 'nothing'],
    ['now', 'a word'],
    ['2002-09-10T23:08:25', 'no zone'],
    ['2002-09-10 23:08:25Z', 'a space'],
    ['20020910T23:08:25', 'the old format'],
    ['2002-09-10', 'only a date'],
    ['2002-13-10T23:08:25Z', 'month 13'],
    ['2002-00-10T23:08:25Z', 'month 0'],
    ['2002-02-30T23:08:25Z', '30 February'],
    ['2023-02-29T00:00:00Z', '29 February of no leap year'],
    ['2002-09-10T25:08:25Z', '25 o’clock'],
    ['2002-09-10T23:60:25Z', 'minute 60'],
    ['2002-09-10T23:08:61Z', 'second 61'],
    ['2002-09-10T23:08:25+99:00', 'no such zone'],
    ['2002-09-10T23:08:25Z\n', 'a line end'],
    ['0000-01-01T00:00:00Z', 'year 0 (S17)'],
    ['0099-01-01T00:00:00Z', 'year 99'],
    ['99999-01-01T00:00:00Z', 'year 99999 (S17)'],
    ['-2002-09-10T23:08:25Z', 'a year before Christ'],
    ['1998-12-31T23:59:59Z', 'before XMPP'],
    ['1999-01-01T00:00:00+01:00', 'before XMPP, in another zone'],
    ['9999-12-31T23:59:59-14:00', 'after year 9999'],
    [`2002-09-10T23:08:25.${'1'.repeat(100_000)}Z`, 'endless fractions'],
    ['２００２-09-10T23:08:25Z', 'other digits'],
  ])('%s is none: %s', (text) => {
    expect(parseDateTime(text)).toBeUndefined()
  })

  test('what is built reads back as the same moment, in UTC', () => {
    const moment = fc.integer({ min: Date.UTC(1999, 0, 1), max: Date.UTC(9999, 11, 31) })
    fc.assert(
      fc.property(moment, (timeMs) => {
        const text = buildDateTime(timeMs)
        expect(text).toMatch(/Z$/)
        expect(parseDateTime(text)).toBe(timeMs)
      }),
    )
  })
})

describe('XEP-0082 §3.2, the time zone', () => {
  test.each([
    ['Z', 0],
    ['+00:00', 0],
    ['-00:00', 0],
    ['-06:00', -360],
    ['+05:45', 345],
    ['+14:00', 840],
    ['-12:00', -720],
  ])('%s is %i minutes', (text, minutes) => {
    expect(parseOffset(text)).toBe(minutes)
  })

  test.each(['', 'z', '06:00', '+6:00', '+0600', '+06:60', '+14:01', '+99:00', '+06:00 ', '−06:00', 'CET'])(
    '"%s" is none',
    (text) => {
      expect(parseOffset(text)).toBeUndefined()
    },
  )

  test('what is built reads back as the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: -840, max: 840 }), (minutes) => {
        expect(parseOffset(buildOffset(minutes))).toBe(minutes)
      }),
    )
  })
})
