/** XML Schema's datatypes as far as forms use them (XEP-0122): whether a text is one, and how two compare. */
import type { Datatype } from '../../../src-main/model/form.ts'

const DATE = String.raw`\d{4}-\d\d-\d\d`
const TIME = String.raw`\d\d:\d\d:\d\d(\.\d{1,9})?`
const ZONE = String.raw`(Z|[+-]\d\d:\d\d)?`
const MAX_LONG = 9_223_372_036_854_775_807n

const FORMS: { readonly [D in Datatype]: RegExp } = {
  anyURI: /^[^\s<>"{}|\\^`]+$/,
  boolean: /^(0|1|true|false)$/,
  date: new RegExp(`^${DATE}${ZONE}$`),
  dateTime: new RegExp(`^${DATE}T${TIME}${ZONE}$`),
  decimal: /^[+-]?(\d{1,400}(\.\d{0,400})?|\.\d{1,400})$/,
  double: /^([+-]?(\d{1,400}(\.\d{0,400})?|\.\d{1,400})(e[+-]?\d{1,4})?|-?INF|NaN)$/i,
  integer: /^[+-]?\d{1,400}$/,
  language: /^[a-z]{1,8}(-[a-z\d]{1,8})*$/i,
  long: /^[+-]?\d{1,19}$/,
  string: /^/,
  time: new RegExp(`^${TIME}${ZONE}$`),
}

export function isOfType(datatype: Datatype, value: string): boolean {
  if (!FORMS[datatype].test(value)) return false
  if (datatype === 'long') return BigInt(value) <= MAX_LONG && BigInt(value) >= -MAX_LONG - 1n
  if (datatype === 'date' || datatype === 'dateTime' || datatype === 'time') {
    const ms = momentOf(value)
    return !Number.isNaN(ms) && isRealDay(value)
  }
  return true
}

/** Negative, zero or positive; undefined where the two can't be compared. */
export function compareValues(datatype: Datatype, one: string, other: string): number | undefined {
  if (!isOfType(datatype, one) || !isOfType(datatype, other)) return undefined
  const [a, b] = [orderOf(datatype, one), orderOf(datatype, other)]
  return a < b ? -1 : a > b ? 1 : 0
}

function orderOf(datatype: Datatype, value: string): bigint | number | string {
  switch (datatype) {
    case 'integer':
    case 'long':
      return BigInt(value)
    case 'decimal':
    case 'double':
      return Number(value.replace('INF', 'Infinity'))
    case 'date':
    case 'dateTime':
    case 'time':
      return momentOf(value)
    default:
      return value
  }
}

/** Epoch milliseconds; a time of day as of one certain day. Without a zone it is taken as here. */
function momentOf(value: string): number {
  if (/^\d\d:/.test(value)) return Date.parse(`2000-01-01T${value}`)
  return Date.parse(value.includes('T') ? value : `${value.slice(0, 10)}T00:00:00${value.slice(10)}`)
}

/** 30 February is none, though Date rolls it over. */
function isRealDay(value: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(value)?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return true
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
}
