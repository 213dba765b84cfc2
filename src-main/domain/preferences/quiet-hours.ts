/** Whether it is quiet now. Pure. */
import type { QuietHours } from '../../model/preferences.ts'

const DAY = 1440

/** `now`: epoch milliseconds, looked at by this computer's clock. Quiet hours that go over midnight belong to the day they begin on. */
export function isQuietAt({ enabled, from, to, days }: QuietHours, now: number): boolean {
  if (!enabled) return false
  const date = new Date(now)
  const minute = date.getHours() * 60 + date.getMinutes()
  const today = date.getDay()
  const yesterday = (today + 6) % 7
  const length = (to - from + DAY) % DAY || DAY
  const begunToday = minute >= from && minute < from + length
  const begunYesterday = minute + DAY < from + length
  return (begunToday && days.includes(today)) || (begunYesterday && days.includes(yesterday))
}
