/** XEP-0393: Message Styling, version 1.1.1. https://xmpp.org/extensions/xep-0393.html */
import type { Element } from './xml.ts'

export const NS = 'urn:xmpp:styling:0'
export const features = [NS]

/**
 * True when the sender asks that the body be shown as it is (§6). What the signs in a body mean is the renderer's question:
 * components/message/styling.ts.
 */
export function parseUnstyled(message: Element): true | undefined {
  return message.getChild('unstyled', NS) === undefined ? undefined : true
}
