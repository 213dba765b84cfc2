/** The delay stamp (XEP-0203, version 2.0) on a message that is sent again. */
import { xml, type Element } from '../xml.ts'

export function buildDelay(sentAt: number): Element {
  return xml('delay', { xmlns: 'urn:xmpp:delay', stamp: new Date(sentAt).toISOString() })
}
