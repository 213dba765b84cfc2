/** What the user does with a conversation as a whole: pinned to the top of the list, put away out of it. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { ChatKeeping } from '../../model/devices.ts'
import { tellBookmark } from '../bookmarks/tell.ts'
import { announceConversation, getConversation } from '../conversations.ts'
import type { Tools } from '../tools.ts'

/** One that is put away comes back with it. */
export function pinConversation(
  tools: Tools,
  { conversationId, pinned }: CheckedInput<'conversation.pin'>,
): void {
  change(tools, conversationId, pinned ? { pinnedAt: tools.now(), putAwayAt: null } : { pinnedAt: null })
}

/** One that is pinned is no longer. */
export function putAwayConversation(
  tools: Tools,
  { conversationId, away }: CheckedInput<'conversation.putAway'>,
): void {
  change(tools, conversationId, away ? { putAwayAt: tools.now(), pinnedAt: null } : { putAwayAt: null })
}

/** Throws UserError 'not-found'. */
function change(tools: Tools, conversationId: number, keeping: Partial<ChatKeeping>): void {
  getConversation(tools, conversationId)
  tools.storage.setKeeping(conversationId, keeping)
  if ('pinnedAt' in keeping) tellBookmark(tools, conversationId)
  announceConversation(tools, conversationId)
}
