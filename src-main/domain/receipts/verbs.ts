/** What is known of messages on their way, and who types: the user's verbs. */
import type { ReceiptsState } from '../../model/receipts.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { withUserErrors } from '../user-errors.ts'
import { tellTyping } from '../rooms/tell-typing.ts'
import { tellChatState } from './chat-states.ts'
import type { ReceiptsVerbs } from './verbs.types.ts'

export function createReceiptsVerbs(tools: Tools, sessions: Sessions): ReceiptsVerbs {
  return {
    setChatState: (conversationId, state) =>
      withUserErrors(() => {
        // Who leaves a conversation because it was removed is not to hear that it is gone.
        const conversation = tools.storage.findConversation(conversationId)
        if (conversation === undefined) return
        const link = sessions.get(conversation.accountId).online()
        if (link === undefined) return
        if (conversation.kind === 'chat') tellChatState(tools, link, conversation, state)
        else tellTyping(tools, link, conversation, state)
      }),
  }
}

export function readReceiptsState({ typing }: Tools): ReceiptsState {
  return { typing: typing.list() }
}
