/** The id that our own archive gave a message (XEP-0359), where the account is known to let nobody else write one (§6). */
import { trustedStanzaId, type ParsedMessage } from '../../protocol/message.ts'
import { NS as NS_ARCHIVE } from '../../protocol/xep-0313-archive.ts'
import { NS } from '../../protocol/xep-0359-stanza-ids.ts'
import type { Link } from '../link.ts'
import { accountFeatures } from '../server-features.ts'
import type { Tools } from '../tools.ts'

/** As it was when last seen: an account whose server changes its mind in between learns of it a moment later. */
export function recallStanzaIds({ storage }: Tools, link: Link): void {
  link.trustsStanzaIds = storage.trustsStanzaIds(link.accountId)
}

/** Until it is known, messages come without; the archive tells their ids later. Rejects as Iq.request does. */
export async function learnStanzaIds({ storage, archive }: Tools, link: Link): Promise<void> {
  const features = await accountFeatures(link)
  if (link.closed) return
  link.trustsStanzaIds = features.has(NS) || features.has(NS_ARCHIVE)
  storage.setTrustsStanzaIds(link.accountId, link.trustsStanzaIds)
  const claimed = archive.claimedIds(link.accountId)
  if (link.trustsStanzaIds) {
    for (const [messageId, stanzaId] of claimed) storage.setStanzaId(messageId, stanzaId)
  }
  claimed.clear()
}

/** More than come while a server is asked what it can do. */
const MOST_CLAIMED = 1000

/** Of a row that came live: without it a message that has no other id could not be met again. */
export function noteClaimedId(
  { archive }: Tools,
  link: Link,
  parsed: ParsedMessage,
  messageId: number,
): void {
  if (link.trustsStanzaIds) return
  const claimed = trustedStanzaId(parsed, link.stream.ownBareJid)
  const all = archive.claimedIds(link.accountId)
  if (claimed !== undefined && all.size < MOST_CLAIMED) all.set(messageId, claimed)
}

export function stanzaIdOf(parsed: ParsedMessage, link: Link): string | undefined {
  return link.trustsStanzaIds ? trustedStanzaId(parsed, link.stream.ownBareJid) : undefined
}
