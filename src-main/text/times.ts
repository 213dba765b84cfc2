/** Times in the user's words: day names, clock times and full dates. All take epoch milliseconds and the local time zone. */
import type { Locale, Translate } from './text.ts'

const DAY_MS = 86_400_000

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const STYLES = {
  clock: CLOCK,
  precise: {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  },
  weekday: { weekday: 'long' },
  shortWeekday: { weekday: 'short' },
  dayOfYear: { weekday: 'long', day: 'numeric', month: 'long' },
  shortDayOfYear: { day: 'numeric', month: 'short' },
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  shortDate: { day: 'numeric', month: 'numeric', year: '2-digit' },
  full: { dateStyle: 'full', timeStyle: 'medium' },
} satisfies Record<string, Intl.DateTimeFormatOptions>

const formats = new Map<string, Intl.DateTimeFormat>()

function format(locale: Locale, style: keyof typeof STYLES, at: number): string {
  const key = `${locale} ${style}`
  let found = formats.get(key)
  if (found === undefined) {
    // British order and 24 hours: the least ambiguous English for readers everywhere.
    found = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, STYLES[style])
    formats.set(key, found)
  }
  // A time stamp from the network may lie beyond what Date can hold; it must not break the list.
  return Number.isNaN(new Date(at).getTime()) ? '' : found.format(at)
}

/** The local calendar day as a number: equal for two times of the same day, one more on the next, DST or not. */
export function dayNumber(at: number): number {
  const date = new Date(at)
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS)
}

/** `09:41`. */
export function clockTime(at: number, locale: Locale): string {
  return format(locale, 'clock', at)
}

/** `09:41:05.123`, for what goes by in milliseconds. */
export function preciseTime(at: number, locale: Locale): string {
  return format(locale, 'precise', at)
}

/** Everything, for tooltips: weekday, date, time with seconds. */
export function fullTime(at: number, locale: Locale): string {
  return format(locale, 'full', at)
}

/** Heads a day in the log: Today, Yesterday, a weekday of the last week, `Thursday 12 November`, `12 November 2025`. */
export function dayLabel(at: number, now: number, t: Translate): string {
  const days = dayNumber(now) - dayNumber(at)
  if (days === 0) return t('common.today')
  if (days === 1) return t('common.yesterday')
  if (days > 1 && days < 7) return format(t.locale, 'weekday', at)
  return format(t.locale, sameYear(at, now) ? 'dayOfYear' : 'date', at)
}

/** As short as a list wants it: the time of today, Yesterday, `Mon`, `12 Nov`, `12/11/25`. */
export function listTime(at: number, now: number, t: Translate): string {
  const days = dayNumber(now) - dayNumber(at)
  if (days === 0) return format(t.locale, 'clock', at)
  if (days === 1) return t('common.yesterday')
  if (days > 1 && days < 7) return format(t.locale, 'shortWeekday', at)
  return format(t.locale, sameYear(at, now) ? 'shortDayOfYear' : 'shortDate', at)
}

function sameYear(at: number, now: number): boolean {
  return new Date(at).getFullYear() === new Date(now).getFullYear()
}

/** For machines; undefined for a time that lies beyond what Date holds, as a stamp from the network may. */
export function isoTime(at: number): string | undefined {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
