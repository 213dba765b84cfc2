/** Remembers from which device a contact wrote, so that the answer goes there (RFC 6121 §5.1). */
import { bareOf, resourceOf } from '../../model/jid.ts'
import type { IncomingStep } from './draft.ts'

/**
 * Strangers' devices are not seen, and our own other ones are all meant; both get no lock. When another device of ours
 * wrote, the contact may answer it from anywhere.
 */
export const lockResource: IncomingStep = (
  { parsed, via, isOwn, counterpart, link, room },
  { presences },
) => {
  const { from } = parsed
  // What is old tells nothing of where the contact is now.
  if (via === 'archive' || room !== undefined) return 'continue'
  const isSeen = presences.has(link.accountId, bareOf(from), resourceOf(from) ?? '')
  if (isSeen && !isOwn) link.locks.wrote(from)
  else link.locks.unlock(counterpart)
  return 'continue'
}
