/** XEP-0297: Stanza Forwarding, version 1.0. https://xmpp.org/extensions/xep-0297.html */
import { isStanza, NS_CLIENT, present } from './stanza.ts'
import { parseDelays } from './xep-0203-delay.ts'
import type { Element } from './xml.ts'

/** Not among our features: that would promise to show messages that a person forwarded as such (§3). */
export const NS = 'urn:xmpp:forward:0'

export interface Forwarded {
  /** For parseMessage. It was never sent to us itself, so nothing of it may be believed before the wrapper's sender is. */
  readonly message: Element
  /** Epoch milliseconds: when the forwarder got it, by its own clock. */
  readonly stampMs?: number
}

/**
 * Reads the one `<forwarded/>` in what wraps it: a carbon's `<sent/>`, an archive's `<result/>`. Undefined when there is none
 * or more than one, or when it holds anything else than one message: two would leave open which one is meant. Whether the
 * wrapper's sender may forward anything to us is the wrapper's question (§6.2).
 */
export function parseForwarded(wrapper: Element): Forwarded | undefined {
  const [forwarded, ...more] = wrapper.getChildren('forwarded', NS)
  if (forwarded === undefined || more.length > 0) return undefined
  const stanzas = forwarded.getChildElements().filter((child) => child.getNS() === NS_CLIENT)
  const [message] = stanzas
  if (message === undefined || stanzas.length > 1 || !isStanza(message, 'message')) return undefined
  return { message, ...present('stampMs', parseDelays(forwarded)?.[0]?.stampMs) }
}
