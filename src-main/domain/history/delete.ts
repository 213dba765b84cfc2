/** Deletes what was said in a conversation from this computer. Nobody else's copy goes: no specification offers that. */
import type { CheckedInput } from '../../contract/commands.ts'
import { announceConversation, getConversation } from '../conversations.ts'
import type { Tools } from '../tools.ts'

/** As many rows go in one turn as cost a few milliseconds: the program goes on answering meanwhile. */
const ROWS_A_TURN = 50

/**
 * What comes meanwhile stays, and so does what is still to be sent. Ended in the middle, it has deleted the oldest; done
 * again, it goes on.
 */
export async function deleteHistory(
  tools: Tools,
  { conversationId, keepAway }: CheckedInput<'conversation.deleteHistory'>,
): Promise<void> {
  const { storage, events } = tools
  getConversation(tools, conversationId)
  const upTo = storage.findLastPlace(conversationId)
  if (upTo === undefined) return
  if (keepAway) storage.keepCleared(conversationId, upTo)
  // Which of them belong to it is not known.
  storage.deleteLinkPictures()
  while (storage.deleteSomeHistory(conversationId, upTo, ROWS_A_TURN) > 0) {
    await new Promise((resolve) => setImmediate(resolve))
  }
  storage.searcher.scrub()
  announceConversation(tools, conversationId)
  events.emit('conversation.cleared', { conversationId })
}
