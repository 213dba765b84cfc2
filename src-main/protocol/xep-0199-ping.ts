/** XEP-0199: XMPP Ping, version 2.0.1. https://xmpp.org/extensions/xep-0199.html */
import type { Iq } from './iq.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:ping'
export const features = [NS]

/** The payload of a request that whoever is there answers, be it with an error (§4.2). */
export function buildPing(): Element {
  return xml('ping', { xmlns: NS })
}

/** Answers with an empty result (§4.1, §4.3). */
export function answerPing(iq: Iq): void {
  iq.answer('get', NS, 'ping', () => undefined)
}
