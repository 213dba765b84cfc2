/** A moderator takes somebody's message back for everybody (XEP-0425). The room decides, and tells all, us among them. */
import type { CheckedInput } from '../../contract/commands.ts'
import { fetchRoomInfo } from '../../protocol/xep-0045-muc/index.ts'
import { moderateMessage, type ModerationVersion } from '../../protocol/xep-0425-moderation.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import { requireRoom } from './our-room.ts'

/** Throws UserError: 'not-found', 'not-supported' where the room has no such thing or gave the message no id. */
export async function moderate(
  tools: Tools,
  sessions: Sessions,
  { messageId, reason }: CheckedInput<'room.moderate'>,
): Promise<void> {
  const message = tools.storage.findMessage(messageId)
  if (message === undefined) throw userError('not-found')
  const { stored, link } = requireRoom(tools, sessions, message.conversationId)
  const { stanzaId } = tools.storage.getReference(messageId)
  const offers = (await fetchRoomInfo(link.iq, stored.jid))?.offers ?? []
  const version: ModerationVersion = offers.includes('moderation') ? 'current' : 'old'
  const isOffered = version === 'current' || offers.includes('old-moderation')
  if (stanzaId === undefined || !isOffered) throw userError('not-supported')
  await moderateMessage(link.iq, stored.jid, stanzaId, { reason, version })
}
