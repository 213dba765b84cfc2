/** What came before the message it is about waits for it: an archive that is read backwards gives it so (XEP-0313 §4.4). */
import { bareOf } from '../../model/jid.ts'
import type { WaitingDeed } from '../../storage/actions.types.ts'
import type { Draft } from '../incoming/draft.ts'
import type { Tools } from '../tools.ts'
import type { DeedContext } from './deed-context.ts'
import { WAITING_BOUNDS } from './waiting-bounds.ts'

/**
 * Not for a message that was removed here. Nor for somebody we have nothing to do with, who could drive out what waits for
 * others: should there be a message after all, the archive has both.
 */
export function keepWaiting(
  { via, isOwn, link }: Draft,
  { storage }: Tools,
  context: DeedContext,
  targetId: string,
  deed: WaitingDeed,
): void {
  const { accountId, counterpart, conversationId, sender } = context
  if (conversationId === undefined) {
    const isStranger = !isOwn && storage.findContact(accountId, bareOf(counterpart)) === undefined
    if (isStranger && via !== 'archive') return
  } else {
    const parties = deed.kind === 'retraction' ? [sender] : [counterpart, link.stream.ownBareJid]
    if (parties.some((party) => storage.isForgotten(conversationId, party, targetId))) return
  }
  storage.putWaiting({ accountId, counterpart, targetId }, deed, WAITING_BOUNDS)
}
