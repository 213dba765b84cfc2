/** XEP-0184: Message Delivery Receipts, version 1.4.0. https://xmpp.org/extensions/xep-0184.html */
import type { Jid } from '../model/jid.ts'
import { idOf } from './stanza.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:receipts'
export const features = [NS]

/** True when the sender wants to know that the message has reached one of our devices. */
export function parseReceiptRequest(message: Element): true | undefined {
  return message.getChild('request', NS) === undefined ? undefined : true
}

/** The `id` attribute of the message that has reached a device of the sender. */
export function parseReceived(message: Element): string | undefined {
  const received = message.getChild('received', NS)
  return received === undefined ? undefined : idOf(received)
}

export function buildReceiptRequest(_wished: true): Element {
  return xml('request', { xmlns: NS })
}

export interface Receipt {
  readonly to: Jid
  /** Its own. */
  readonly id: string
  /** Of the message that asked for it (§7). */
  readonly type: 'chat' | 'normal' | 'headline'
  /** The `id` attribute of the message that asked for it. */
  readonly received: string
}

/** With one child alone (§7), and never asking for a receipt itself (§5.4). */
export function buildReceipt({ to, id, type, received }: Receipt): Element {
  return xml('message', { to, id, type }, xml('received', { xmlns: NS, id: received }))
}
