/** Replies, forwarded and pinned messages: the user's verbs, one line each. */
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { withUserErrors } from '../user-errors.ts'
import { sendToMany } from './forward.ts'
import { listPinned, setPinned } from './pins.ts'
import type { RepliesVerbs } from './verbs.types.ts'

export function createRepliesVerbs(tools: Tools, sessions: Sessions): RepliesVerbs {
  return {
    sendToMany: (input) =>
      withUserErrors(() => {
        for (const accountId of sendToMany(tools, input)) sessions.get(accountId).flush()
      }),
    setPinned: (messageId, pinned) => withUserErrors(() => setPinned(tools, messageId, pinned)),
    listPinned: (conversationId) => withUserErrors(() => listPinned(tools, conversationId)),
  }
}
