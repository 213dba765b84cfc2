/**
 * Own stanzas by their number on the session (XEP-0198): kept before each goes out, so that after a restart the server's
 * count tells which of them it has.
 */
import { buildDelay } from '../../protocol/xep-0203-delay.ts'
import type { Element } from '../../protocol/xml.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'

/** False: the stream takes nothing now. Throws StorageError, with nothing sent. */
export function sendNumbered({ storage }: Tools, link: Link, stanzaId: string, stanza: Element): boolean {
  const { stream, accountId } = link
  // In this very turn it stays so: a number that is kept and then goes to another stanza would lose this one.
  if (!stream.ready) return false
  if (stream.session !== undefined && stream.sentCount !== undefined) {
    storage.keepSent(accountId, stanzaId, (stream.sentCount + 1) >>> 0)
  }
  return stream.send(stanza)
}

/** Ids of what may have gone out on an earlier session already. */
export function sentBefore({ storage }: Tools, { accountId }: Link): ReadonlySet<string> {
  return new Set(
    storage.listSent(accountId).flatMap((each) => (each.number === undefined ? [each.stanzaId] : [])),
  )
}

/** XEP-0198 §4: what is sent again says when it was first sent. */
export function sentAgain(stanza: Element, sentAt: number): Element {
  stanza.append(buildDelay(sentAt))
  return stanza
}
