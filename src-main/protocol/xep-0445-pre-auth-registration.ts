/** XEP-0445: Pre-Authenticated In-Band Registration, version 0.2.0. https://xmpp.org/extensions/xep-0445.html */
import type { Element } from './xml.ts'

/** Of the stream feature; the token itself goes as XEP-0379 has it, to the server (§4). */
export const NS = 'urn:xmpp:ibr-token:0'

/** Whether tokens open accounts here (§3): a link may say so of a server that knows nothing of them. */
export function offersPreAuth(features: Element): boolean {
  return features.getChild('register', NS) !== undefined
}
