/** XEP-0082: XMPP Date and Time Profiles, version 1.1.1. https://xmpp.org/extensions/xep-0082.html */

/** XMPP did not exist before (XEP-0082 §2.2); a stamp from then is a fault or a forgery. */
const EARLIEST_MS = Date.UTC(1999, 0, 1)
const LATEST_MS = Date.UTC(10_000, 0, 1) - 1
/** Kiribati's; in the west it ends at 12. */
const MAX_OFFSET_MINUTES = 14 * 60
const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?(?:Z|([+-])(\d\d):(\d\d))$/

/**
 * Reads a DateTime (§3.2) as epoch milliseconds. Undefined when it is not one, names no real moment (30 February,
 * 25 o'clock), or lies before 1999. A leap second counts as the second after it.
 */
export function parseDateTime(text: string): number | undefined {
  const match = DATE_TIME.exec(text)
  if (match === null) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as Six
  const offset = offsetMinutes(match[8], Number(match[9] ?? 0), Number(match[10] ?? 0))
  if (hour > 23 || minute > 59 || second > 60 || offset === undefined) return undefined
  const date = new Date(Date.UTC(year, month - 1, day))
  // Date rolls 30 February over to March and takes two-digit years for the last century's.
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return
  const fractionMs = Math.floor(Number(match[7] ?? 0) * 1000)
  const timeMs = date.getTime() + ((hour * 60 + minute - offset) * 60 + second) * 1000 + fractionMs
  return timeMs < EARLIEST_MS || timeMs > LATEST_MS ? undefined : timeMs
}

/** Always in UTC, so that it tells nothing of where the user is (§6). */
export function buildDateTime(timeMs: number): string {
  return new Date(timeMs).toISOString()
}

const OFFSET = /^(?:Z|([+-])(\d\d):(\d\d))$/

/** Reads a time zone (TZD, §3.2) as minutes to add to UTC: −840 to 840. Undefined when it is none. */
export function parseOffset(text: string): number | undefined {
  const match = OFFSET.exec(text)
  return match === null ? undefined : offsetMinutes(match[1], Number(match[2] ?? 0), Number(match[3] ?? 0))
}

/** Minutes to add to UTC, as a TZD: '-05:30'. Greenwich is '+00:00', which more programs read than 'Z'. */
export function buildOffset(minutes: number): string {
  const digits = (value: number): string => String(Math.trunc(value)).padStart(2, '0')
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${digits(size / 60)}:${digits(size % 60)}`
}

type Six = [number, number, number, number, number, number]

function offsetMinutes(sign: string | undefined, hours: number, minutes: number): number | undefined {
  const total = hours * 60 + minutes
  if (total > MAX_OFFSET_MINUTES || minutes > 59) return undefined
  return sign === '-' ? 0 - total : total
}
