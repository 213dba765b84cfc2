/**
 * What is for one occupant must not go to another who took over the nick (attacks S16, S20). Only occupant-ids tell; where
 * the user has chosen the one of now, that one is meant.
 */
import { bareOf, resourceOf, type Jid } from '../../model/jid.ts'
import type { Tools } from '../tools.ts'

export function isForAnother(
  { rooms, storage }: Pick<Tools, 'rooms' | 'storage'>,
  accountId: number,
  { counterpart }: { readonly counterpart: Jid },
): boolean {
  const nick = resourceOf(counterpart)
  const visit = rooms.find(accountId, bareOf(counterpart))
  if (nick === undefined || visit === undefined) return false
  const occupantId = visit.seats.get(nick)?.occupant.occupantId
  const conversation = storage.findConversationWith(accountId, counterpart)
  if (occupantId === undefined || conversation === undefined) return false
  const known = storage.lastAuthorId(conversation.id)
  return known !== undefined && known !== occupantId && visit.meant.get(nick) !== occupantId
}
