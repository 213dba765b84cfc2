/** XEP-0502: MUC Activity Indicator, version 0.1.0. https://xmpp.org/extensions/xep-0502.html */
import type { DataForm } from '../model/form.ts'

const FIELD = '{urn:xmpp:muc-activity}message-activity'
/** More would be a machine talking to itself. */
const MAX_PER_HOUR = 1_000_000

/** Messages an hour, about and by the service's word (§3.1); undefined where it is not told or nonsense. */
export function activityIn(form: DataForm): number | undefined {
  const text = form.fields.find(({ name }) => name === FIELD)?.values[0]?.trim() ?? ''
  const perHour = /^\d{1,7}(\.\d{1,20})?$/.test(text) ? Number(text) : undefined
  return perHour !== undefined && perHour <= MAX_PER_HOUR ? perHour : undefined
}
