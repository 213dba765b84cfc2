/** XEP-0379: Pre-Authenticated Roster Subscription, version 0.3.3. https://xmpp.org/extensions/xep-0379.html */
import type { BareJid } from '../model/jid.ts'
import { attribute } from './stanza.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:pars:0'
const MAX_TOKEN = 256

/** The token that a subscription request brings; undefined for one that can be nobody's (§4.1: ignored, not an error). */
export function parsePreauth(presence: Element): string | undefined {
  const element = presence.getChild('preauth', NS)
  const token = element && attribute(element, 'token')
  return token === undefined || token === '' || token.length > MAX_TOKEN ? undefined : token
}

/** For a subscription request to whoever made the invitation (§3.4). */
export function buildPreauth(token: string): Element {
  return xml('preauth', { xmlns: NS, token })
}

/** The invitation as a link (§3.2): whoever opens it asks to be a contact, and the token answers. */
export function writeInvitationUri(inviter: BareJid, token: string): string {
  const at = inviter.lastIndexOf('@')
  const address = `${encodeURIComponent(inviter.slice(0, Math.max(at, 0)))}@${inviter.slice(at + 1)}`
  return `xmpp:${address}?roster;preauth=${encodeURIComponent(token)}`
}
