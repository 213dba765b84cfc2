/** XEP-0280: Message Carbons, version 1.0.1. https://xmpp.org/extensions/xep-0280.html */
import { bareOf, parseJid, type BareJid } from '../model/jid.ts'
import type { Iq } from './iq.ts'
import { rejected, type Rejected } from './rejected.ts'
import { attribute, present } from './stanza.ts'
import { parseDelays } from './xep-0203-delay.ts'
import { parseForwarded } from './xep-0297-forwarding.ts'
import { xml, type Element } from './xml.ts'

/** Announced by servers (§3); a client enables it and announces nothing. */
export const NS = 'urn:xmpp:carbons:2'
const NS_HINTS = 'urn:xmpp:hints'

/** What our other devices send and get comes here from then on (§4). Also goes inline with Bind 2. */
export function buildEnable(): Element {
  return xml('enable', { xmlns: NS })
}

/** Rejects as Iq.request does: with StanzaError where the server can't, or forbids it. */
export async function enableCarbons(iq: Iq): Promise<void> {
  await iq.request({ type: 'set', payload: buildEnable() })
}

export interface Carbon {
  readonly kind: 'carbon'
  /** 'sent': another device of ours said it. 'received': it was said to another device of ours. */
  readonly direction: 'sent' | 'received'
  /** For parseMessage; what it may hold of further carbons is no carbon. */
  readonly message: Element
  /** Epoch milliseconds: when the server forwarded it, or was first going to. */
  readonly stampMs?: number
}

/**
 * Undefined: a message like any other. Rejected, and to be ignored whole: a carbon that does not come from our own bare
 * JID (§11, attack S1: our server alone writes that one, or none), that leaves open what it is, whose message does not
 * belong to our account, or that its sender wished not to be copied (§8).
 */
export function parseCarbon(element: Element, ownBareJid: BareJid): Carbon | Rejected | undefined {
  const wrappers = element.getChildElements().filter((child) => child.getNS() === NS && isWrapper(child))
  const [wrapper] = wrappers
  if (wrapper === undefined) return undefined
  const from = attribute(element, 'from')
  if (from !== undefined && parseJid(from) !== ownBareJid) return rejected('a carbon from somebody else')
  const forwarded = parseForwarded(wrapper)
  if (wrappers.length > 1 || forwarded === undefined) return rejected('not one carbon')
  const { message } = forwarded
  const direction = wrapper.is('sent') ? 'sent' : 'received'
  if (!isOurs(message, direction, ownBareJid)) return rejected('a carbon of what is not ours')
  if (isPrivate(message)) return rejected('a carbon of a private message')
  const stampMs = forwarded.stampMs ?? parseDelays(element)?.[0]?.stampMs
  return { kind: 'carbon', direction, message, ...present('stampMs', stampMs) }
}

function isWrapper(child: Element): boolean {
  return child.is('sent') || child.is('received')
}

/** What was sent is by our account, to somebody; what was received is to our account, by somebody. */
function isOurs(message: Element, direction: Carbon['direction'], own: BareJid): boolean {
  const [near, far] = direction === 'sent' ? (['from', 'to'] as const) : (['to', 'from'] as const)
  const nearJid = parseJid(attribute(message, near) ?? own)
  return nearJid !== undefined && bareOf(nearJid) === own && attribute(message, far) !== undefined
}

function isPrivate(message: Element): boolean {
  return message.getChild('private', NS) !== undefined || message.getChild('no-copy', NS_HINTS) !== undefined
}
