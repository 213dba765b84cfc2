/** Days as a date field has them, in the local time zone. */

/** `2026-11-21`; undefined for a time that no Date, or no date field, holds. */
export function dayOf(at: number): string | undefined {
  const date = new Date(at)
  const year = date.getFullYear()
  if (Number.isNaN(year) || year < 1 || year > 9999) return undefined
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${String(year).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** Epoch milliseconds of its first instant here; undefined when it is none. */
export function startOfDay(day: string): number | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  if (found === null) return undefined
  const [year = 0, month = 1, date = 1] = found.slice(1).map(Number)
  const start = new Date(year, month - 1, date)
  // A year below 100 would be taken for one of the last century.
  start.setFullYear(year)
  return start.getTime()
}
