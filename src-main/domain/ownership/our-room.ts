/** The room that a user's verb is about, and the stream to ask it on. */
import type { StoredRoom } from '../../storage/rooms.types.ts'
import type { Link } from '../link.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'

export interface OurRoom {
  readonly stored: StoredRoom
  readonly link: Link
}

/** Throws UserError: 'not-found' for what is no room, 'offline'. */
export function requireRoom(tools: Tools, sessions: Sessions, conversationId: number): OurRoom {
  const stored = tools.storage.findRoom(conversationId)
  if (stored === undefined) throw userError('not-found')
  return { stored, link: sessions.requireOnline(stored.accountId) }
}
