/** XEP-0199: XMPP Ping, version 2.0.1. https://xmpp.org/extensions/xep-0199.html */
import type { Jid } from '../model/jid.ts'
import type { Iq } from './iq.ts'
import { xml } from './xml.ts'

export const NS = 'urn:xmpp:ping'
export const features = [NS]

/** Without `to` it asks our own server (§4.2). Rejects as Iq.request does: a StanzaError is an answer too (§4.2). */
export async function ping(iq: Iq, to?: Jid): Promise<void> {
  await iq.request({ type: 'get', to, payload: xml('ping', { xmlns: NS }) })
}

/** Answers with an empty result (§4.1, §4.3). */
export function answerPing(iq: Iq): void {
  iq.answer('get', NS, 'ping', () => undefined)
}
