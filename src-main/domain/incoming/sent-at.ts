/** When an incoming message was sent: by the stamp of who may have held it (XEP-0203), else now. */
import { bareOf, domainOf, type Jid } from '../../model/jid.ts'
import { trustedDelay, type ParsedMessage } from '../../protocol/message.ts'
import type { Link } from '../link.ts'
import type { Arrival } from './arrival.ts'

/** Epoch milliseconds of the stamp; undefined when there is none to be trusted. */
export function stampOf(parsed: ParsedMessage, link: Link, nowMs: number): number | undefined {
  const trusted = holdersOf(parsed.from, link.stream.ownBareJid)
  return trustedDelay(parsed, { trusted, nowMs })
}

/**
 * As above, but by who holds it for us alone. A message that only its sender has stamped came straight: sent again after
 * a lost connection it tells when it was written, but what the same sender said before is here already.
 */
function heldHereOf(
  parsed: ParsedMessage,
  { stream: { ownBareJid } }: Link,
  nowMs: number,
): number | undefined {
  const ours: readonly string[] = [ownBareJid, domainOf(ownBareJid)]
  return trustedDelay(parsed, { trusted: (from) => ours.includes(from), nowMs })
}

/** When our own server put it aside for us (epoch milliseconds); undefined: it is as fresh as it was there. */
export function heldMsOf(
  { via, parsed, stampMs }: Pick<Arrival, 'via' | 'parsed' | 'stampMs'>,
  link: Link,
  nowMs: number,
): number | undefined {
  return via === 'live' ? heldHereOf(parsed, link, nowMs) : stampMs
}

/** Who may have held the message on its way: either end and either server. */
function holdersOf(sender: Jid, own: Jid): (from: Jid) => boolean {
  const holders: readonly string[] = [bareOf(sender), domainOf(sender), own, domainOf(own)]
  return (from) => holders.includes(bareOf(from))
}
