/** XEP-0319: Last User Interaction in Presence, version 1.0.2. https://xmpp.org/extensions/xep-0319.html */
import { attribute } from './stanza.ts'
import { buildDateTime, parseDateTime } from './xep-0082-date-times.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:idle:1'

/** When the sender last touched its device, epoch milliseconds, by the sender's own clock and word. */
export function parseIdle(presence: Element): number | undefined {
  const element = presence.getChild('idle', NS)
  return element === undefined ? undefined : parseDateTime(attribute(element, 'since') ?? '')
}

/** Whole seconds: nobody needs to know more. */
export function buildIdle(sinceMs: number): Element {
  return xml('idle', { xmlns: NS, since: buildDateTime(Math.floor(sinceMs / 1000) * 1000) })
}
