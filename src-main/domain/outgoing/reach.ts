/** Where a chat message to somebody goes now. */
import { resourceOf, type BareJid, type Jid } from '../../model/jid.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'

/** The contact's device that wrote last, if it is still there, or the bare address. */
export function recipientOf({ presences }: Tools, { locks, accountId }: Link, counterpart: BareJid): Jid {
  return locks.recipient(counterpart, (device) =>
    presences.has(accountId, counterpart, resourceOf(device) ?? ''),
  )
}
