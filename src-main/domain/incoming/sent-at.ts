/** When an incoming message was sent: by the stamp of who may have held it (XEP-0203), else now. */
import { bareOf, domainOf, type Jid } from '../../model/jid.ts'
import { trustedDelay, type ParsedMessage } from '../../protocol/message.ts'
import type { Link } from '../link.ts'

/** Epoch milliseconds of the stamp; undefined when there is none to be trusted. */
export function stampOf(parsed: ParsedMessage, link: Link, nowMs: number): number | undefined {
  const trusted = holdersOf(parsed.from, link.stream.ownBareJid)
  return trustedDelay(parsed, { trusted, nowMs })
}

/** Who may have held the message on its way: either end and either server. */
function holdersOf(sender: Jid, own: Jid): (from: Jid) => boolean {
  const holders: readonly string[] = [bareOf(sender), domainOf(sender), own, domainOf(own)]
  return (from) => holders.includes(bareOf(from))
}
