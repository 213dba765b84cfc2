/** What others are told of us at this moment: what the user chose, or that nobody is there. */
import type { OutgoingPresence } from '../protocol/presence.ts'
import { presenceOf } from './accounts/presence-of.ts'
import { automaticShow } from './availability/automatic-show.ts'
import type { Link } from './link.ts'
import { ownHash } from './pictures/own-hash.ts'
import type { Tools } from './tools.ts'

/** Undefined while the choice is 'offline'. */
export function currentPresence(tools: Tools, link: Link): OutgoingPresence | undefined {
  const { storage, availability } = tools
  const { show, status } = presenceOf({ storage }, link.accountId)
  if (show === 'offline') return undefined
  const { idle } = availability
  const automatic = automaticShow({ show }, idle)
  const shouldTell = automatic !== null && idle.level !== 'active' && storage.getAwayRules().tellSince
  return {
    ...{ show: automatic ?? show, status, caps: link.caps() },
    avatarHash: ownHash(tools, link),
    idleSince: shouldTell ? idle.since : undefined,
  }
}
