/** XEP-0500: MUC Slow Mode, version 0.1.1. https://xmpp.org/extensions/xep-0500.html */
import type { DataForm } from '../model/form.ts'
import type { ParsedStanzaError } from './stanza-error.ts'

/** In a room's configuration (§5.1). */
export const CONFIG_FIELD = 'muc#roomconfig_slow_mode_duration'
const INFO_FIELD = 'muc#roominfo_slow_mode_duration'

/** A week: a room that is slower has said nothing sensible (§8). */
const MAX_SECONDS = 604_800

/** How many seconds somebody who is no admin must wait between two texts (§5.2); undefined: not at all. */
export function slowModeIn(form: DataForm): number | undefined {
  const text = form.fields.find(({ name }) => name === INFO_FIELD)?.values[0]?.trim() ?? ''
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : 0
  return seconds > 0 && seconds <= MAX_SECONDS ? seconds : undefined
}

/** Whether a room that has slow mode refused a message for being too soon (§6): it may be sent again after the wait. */
export function isTooSoon({ type, condition }: Pick<ParsedStanzaError, 'type' | 'condition'>): boolean {
  return type === 'wait' && condition === 'policy-violation'
}
