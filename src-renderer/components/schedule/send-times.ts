/** Times to send something later, as people say them, in the local time zone. All in epoch milliseconds. */
import type { TextKey } from '../../../src-main/text/text.ts'

export interface SendTime {
  readonly label: TextKey
  readonly at: number
}

const EVENING = 18
const MORNING = 9
const MONDAY = 1

/** Only those that are still to come, soonest first; none twice. */
export function sendTimes(now: number): readonly SendTime[] {
  const today = new Date(now).getDay()
  const untilMonday = ((MONDAY - today + 6) % 7) + 1
  return [
    // Half an hour before it, "this evening" is now.
    ...(new Date(now + 30 * 60_000).getTime() < localTime(now, 0, EVENING)
      ? [{ label: 'schedule.thisEvening', at: localTime(now, 0, EVENING) } as const]
      : []),
    { label: 'schedule.tomorrowMorning', at: localTime(now, 1, MORNING) },
    ...(untilMonday === 1
      ? []
      : [{ label: 'schedule.mondayMorning', at: localTime(now, untilMonday, MORNING) } as const]),
  ]
}

/** Whole hours of a day to come, also where a day has 23 or 25 of them. */
function localTime(now: number, days: number, hour: number): number {
  const date = new Date(now)
  date.setDate(date.getDate() + days)
  return date.setHours(hour, 0, 0, 0)
}

/** For a field of type datetime-local: `2026-11-21T18:00`. */
export function toFieldValue(at: number): string {
  const date = new Date(at)
  const two = (part: number): string => String(part).padStart(2, '0')
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** Undefined for what is no time, or lies beyond the year 9999. */
export function fromFieldValue(value: string): number | undefined {
  const at = /^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value).getTime() : NaN
  return Number.isNaN(at) ? undefined : at
}
