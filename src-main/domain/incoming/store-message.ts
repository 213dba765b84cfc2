/** Writes the row, at its true place, unless it is there already. */
import { storeArchived } from '../archive/store-archived.ts'
import { announceConversation } from '../conversations.ts'
import { adoptReplies } from '../replies/arrived.ts'
import { tellOfRoom } from '../rooms/tell.ts'
import type { IncomingStep } from './draft.ts'
import { newMessage } from './new-message.ts'
import { noteClaimedId } from './stanza-id.ts'

export const storeMessage: IncomingStep = (draft, tools) => {
  const { storage, events, raised } = tools
  if (draft.conversation === undefined) return 'stop'
  const message = newMessage(draft, draft.conversation, tools)
  if (draft.archived !== undefined) return storeArchived(draft, message, draft.archived, tools)
  const stored = storage.insertMessage(message)
  if (stored === undefined) return 'stop'
  draft.stored = stored
  noteClaimedId(tools, draft.link, draft.parsed, stored.id)
  raised.clear('disk-full')
  if (draft.hidden === true) {
    storage.trimHidden(stored.conversationId)
    return 'continue'
  }
  draft.announcements.push(adoptReplies(tools, stored), () => {
    // The conversation first: who hears of the message wants to know how many are unread.
    announceConversation(tools, stored.conversationId)
    events.emit('message.added', { message: stored })
    tellOfRoom(tools, draft, stored)
  })
  return 'continue'
}
