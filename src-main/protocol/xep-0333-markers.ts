/** XEP-0333: Displayed Markers, version 1.0.0. https://xmpp.org/extensions/xep-0333.html */
import type { Jid } from '../model/jid.ts'
import { idOf } from './stanza.ts'
import { buildHint } from './xep-0334-hints.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:chat-markers:0'
export const features = [NS]

/** True when the sender wants to know how far its messages were displayed. */
export function parseMarkable(message: Element): true | undefined {
  return message.getChild('markable', NS) === undefined ? undefined : true
}

/**
 * The `id` attribute of the newest message that the sender has displayed, with all before it. What drafts before 0.5 had
 * besides (received, acknowledged) is not read: receipts (XEP-0184) tell the one, and nothing told the other.
 */
export function parseDisplayed(message: Element): string | undefined {
  const displayed = message.getChild('displayed', NS)
  return displayed === undefined ? undefined : idOf(displayed)
}

export function buildMarkable(_wished: true): Element {
  return xml('markable', { xmlns: NS })
}

export interface DisplayedMarker {
  readonly to: Jid
  /** Its own. */
  readonly id: string
  /** The `id` attribute of the newest message that was displayed; in a room the id that it gave (§4.3). */
  readonly displayed: string
  readonly type?: 'chat' | 'groupchat'
}

/** It is worth keeping for devices that are away (XEP-0334 §4.4). */
export function buildDisplayedMarker({ to, id, displayed, type = 'chat' }: DisplayedMarker): Element {
  return xml('message', { to, id, type }, xml('displayed', { xmlns: NS, id: displayed }), buildHint('store'))
}
