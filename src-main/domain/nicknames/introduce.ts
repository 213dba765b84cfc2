/** When we say what we call ourselves: to somebody who may know nothing of us but an address (XEP-0172 §4.1, §4.2). */
import type { BareJid } from '../../model/jid.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'

/** Empty: we have told nobody. */
export function ownNick({ storage }: Pick<Tools, 'storage'>, { accountId, stream }: Link): string {
  return storage.findNickname(accountId, stream.ownBareJid) ?? ''
}

/**
 * For this own message, never one to a room: only the first to somebody with whom there is no subscription either way. Sent
 * again it is still the first.
 */
export function nickForFirst(
  tools: Pick<Tools, 'storage'>,
  link: Link,
  to: BareJid,
  messageId: string,
): string | undefined {
  const { storage } = tools
  const nick = ownNick(tools, link)
  if (nick === '' || to === link.stream.ownBareJid) return undefined
  if ((storage.findContact(link.accountId, to)?.subscription ?? 'none') !== 'none') return undefined
  return storage.hasWrittenTo(link.accountId, to, messageId) ? undefined : nick
}
