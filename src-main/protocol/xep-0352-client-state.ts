/** XEP-0352: Client State Indication, version 1.0.0. https://xmpp.org/extensions/xep-0352.html */
import { xml, type Element } from './xml.ts'

/** Offered as a stream feature (§4.1); clients announce nothing. */
export const NS = 'urn:xmpp:csi:0'

/** A nonza: the server answers nothing, and forgets it when a stream is resumed (§5.2). */
export function buildClientState(active: boolean): Element {
  return xml(active ? 'active' : 'inactive', { xmlns: NS })
}
