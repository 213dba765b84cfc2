/** What our other devices say and hear comes here too (XEP-0280), and counts as said and heard here. */
import { bareOf, type BareJid } from '../../model/jid.ts'
import { parseMessage, trustedDelay, type ParsedMessage } from '../../protocol/message.ts'
import { rejected, type Rejected } from '../../protocol/rejected.ts'
import { enableCarbons, type Carbon } from '../../protocol/xep-0280-carbons.ts'
import type { Arrival } from '../incoming/arrival.ts'
import { stampOf } from '../incoming/sent-at.ts'
import { stanzaIdOf } from '../incoming/stanza-id.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'

/**
 * Sent before the presence, and not waited for: stanzas are answered in order (RFC 6120 §10.1), so it is on before
 * anything comes that a presence brings. Where the server can't do it, chats of other devices stay there.
 */
export function startCarbons(tools: Tools, link: Link): void {
  if (link.stream.features.carbons) return
  enableCarbons(link.iq).catch((error: unknown) =>
    tools.log('domain/devices', 'info', 'carbons are not on', { error }),
  )
}

/** Of a carbon that was checked to be our own server's. */
export function carbonArrival(carbon: Carbon, link: Link, nowMs: number): Arrival | Rejected {
  const { ownBareJid } = link.stream
  const parsed = parseMessage(carbon.message, { ownBareJid })
  if (parsed.kind === 'rejected') return parsed
  const isOwn = carbon.direction === 'sent'
  if (isOwn && parsed.type === 'error') return rejected('a carbon of an error of ours')
  const counterpart = isOwn ? parsed.to : parsed.from
  if (counterpart === undefined) return rejected('a carbon to nobody')
  return {
    parsed,
    via: 'carbon',
    isOwn: isOwn || bareOf(parsed.from) === ownBareJid,
    counterpart: bareOf(counterpart),
    stampMs: stampOf(parsed, link, nowMs) ?? forwardedAt(carbon, ownBareJid, nowMs),
    stanzaId: stanzaIdOf(parsed, link),
  }
}

/** Our own server's stamp, which it sets when it kept the carbon for a stream that was away. */
function forwardedAt({ stampMs }: Carbon, from: BareJid, nowMs: number): ReturnType<typeof trustedDelay> {
  const delays: ParsedMessage['delays'] = stampMs === undefined ? [] : [{ stampMs }]
  return trustedDelay({ from, delays }, { trusted: () => true, nowMs })
}
