/** XEP-0410: MUC Self-Ping (Schrödinger's Chat), version 1.1.0. https://xmpp.org/extensions/xep-0410.html */
import type { FullJid } from '../model/jid.ts'
import { RequestTimeout, StanzaError } from './errors.ts'
import type { Iq } from './iq.ts'
import { buildPing } from './xep-0199-ping.ts'

/** Announced by rooms that answer at once, and not one of our devices (§3.3). */
export const SELF_PING = 'http://jabber.org/protocol/muc#self-ping-optimization'

/** 'unknown': the room or its server did not answer; ask again later, and come in again only on 'out'. */
export type SelfPresence = 'in' | 'out' | 'unknown'

/**
 * Whether we are still in a room under this nick. Not to be asked while a change of nick is under way, and not before the
 * stream is resumed (§4). Never rejects.
 */
export async function pingOurselves(iq: Iq, occupant: FullJid, timeoutMs?: number): Promise<SelfPresence> {
  try {
    await iq.request({ type: 'get', to: occupant, payload: buildPing(), timeoutMs })
    return 'in'
  } catch (error) {
    if (error instanceof StanzaError) return presenceByError(error.condition)
    if (error instanceof RequestTimeout) return 'unknown'
    throw error
  }
}

/** §3.2: an error of a device of ours, which stands behind the nick, shows that we are there. */
const IN = ['service-unavailable', 'feature-not-implemented', 'item-not-found']
const UNKNOWN = ['remote-server-not-found', 'remote-server-timeout']

/** Any other error says that we are out, whichever it is. */
export function presenceByError(condition: string): SelfPresence {
  if (IN.includes(condition)) return 'in'
  return UNKNOWN.includes(condition) ? 'unknown' : 'out'
}
