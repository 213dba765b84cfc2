/** Writes the row of an archived message, or settles the one that is there; who takes the page tells of it. */
import type { Message } from '../../model/message.ts'
import type { NewMessage } from '../../storage/storage.ts'
import { bury, isTombstone } from '../actions/bury.ts'
import type { Draft } from '../incoming/draft.ts'
import { adoptReplies } from '../replies/arrived.ts'
import type { Tools } from '../tools.ts'

/** Whoever answered has read what was said before; what is from before this device is no news. */
export function storeArchived(
  draft: Draft,
  message: NewMessage,
  { position, isOld }: NonNullable<Draft['archived']>,
  tools: Tools,
): 'continue' | 'stop' {
  const unread = message.unread && !isOld && !isTombstone(draft)
  const outcome = tools.storage.takeArchived({ ...message, unread }, position)
  const { conversationId, place } = outcome.message
  const nowRead = draft.isOwn && !isOld ? tools.storage.readBefore(conversationId, place) : 0
  draft.outcome = { ...outcome, unread, nowRead, hidden: draft.hidden === true }
  bury(draft, tools, outcome.message)
  if (outcome.kind === 'known') {
    nameOurselves(draft, outcome.message, tools)
    return 'stop'
  }
  draft.stored = outcome.message
  if (draft.hidden === true) {
    tools.storage.trimHidden(conversationId)
    return 'continue'
  }
  draft.announcements.push(adoptReplies(tools, outcome.message))
  return 'continue'
}

/** Of what we said in a room and never saw come back: as whom. */
function nameOurselves({ room, isOwn, changed }: Draft, { id, author }: Message, { storage }: Tools): void {
  if (room?.kind !== 'room' || !isOwn || room.author === undefined || author !== undefined) return
  storage.setAuthor(id, room.author)
  const now = storage.findMessage(id)
  if (now !== undefined) changed.push(now)
}
