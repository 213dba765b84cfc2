/** Between XML Schema's dates and times and what the browser's own fields for them hold. */
import type { Datatype } from '../../../../src-main/model/form.ts'

export type NativeType = 'date' | 'time' | 'datetime-local'

/** The browser's field for a value; undefined: a text field, as the value stands. */
export function nativeType(datatype: Datatype | undefined, value: string): NativeType | undefined {
  if (datatype === 'date') return value === '' || /^\d{4}-\d\d-\d\d$/.test(value) ? 'date' : undefined
  if (datatype === 'time') return value === '' || /^\d\d:\d\d:\d\d$/.test(value) ? 'time' : undefined
  if (datatype !== 'dateTime') return undefined
  return value === '' || !Number.isNaN(Date.parse(value)) ? 'datetime-local' : undefined
}

/** What the field shows: times of the world as times of this place. */
export function toNative(type: NativeType, value: string): string {
  if (type !== 'datetime-local' || value === '') return value
  const at = new Date(value)
  const pad = (part: number): string => String(part).padStart(2, '0')
  const day = [at.getFullYear(), pad(at.getMonth() + 1), pad(at.getDate())].join('-')
  return `${day}T${pad(at.getHours())}:${pad(at.getMinutes())}`
}

/** What the field's content means: seconds are told, and a moment names its zone. */
export function fromNative(type: NativeType, value: string): string {
  if (value === '' || type === 'date') return value
  if (type === 'time') return value.length === 5 ? `${value}:00` : value
  const ms = Date.parse(value)
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString().replace('.000Z', 'Z')
}
