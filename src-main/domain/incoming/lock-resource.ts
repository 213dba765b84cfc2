/** Remembers from which device a contact wrote, so that the answer goes there (RFC 6121 §5.1). */
import { bareOf, resourceOf } from '../../model/jid.ts'
import type { IncomingStep } from './draft.ts'

/** Strangers' devices are not seen, and our own other ones are all meant; both get no lock. */
export const lockResource: IncomingStep = ({ parsed, link }, { presences }) => {
  const { from } = parsed
  const sender = bareOf(from)
  const isSeen = presences.has(link.accountId, sender, resourceOf(from) ?? '')
  if (isSeen && sender !== link.stream.ownBareJid) link.locks.wrote(from)
  else link.locks.unlock(sender)
  return 'continue'
}
