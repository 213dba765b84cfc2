/** What strangers send: the user's verbs, and what a window starts with. */
import type { Conversation } from '../../model/conversation.ts'
import type { RequestsState } from '../../model/requests.ts'
import { getConversation } from '../conversations.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { userError, withUserErrors, withUserErrorsAsync } from '../user-errors.ts'
import { blockStranger } from './block-stranger.ts'
import { dropRequest, takeRequest } from './waiting.ts'
import type { RequestsVerbs } from './verbs.types.ts'

export function createRequestsVerbs(tools: Tools, sessions: Sessions): RequestsVerbs {
  function getWaiting(conversationId: number): Conversation {
    const conversation = getConversation(tools, conversationId)
    if (conversation.request !== true) throw userError('not-found')
    return conversation
  }

  return {
    acceptRequest: (id) => withUserErrors(() => takeRequest(tools, getWaiting(id))),
    deleteRequest: (id) => withUserErrors(() => dropRequest(tools, getWaiting(id))),
    blockStranger: (input) =>
      withUserErrorsAsync(async () => blockStranger(tools, sessions.requireOnline(input.accountId), input)),
  }
}

export function readRequestsState({ availability }: Tools): RequestsState {
  const servers = [...availability.servers]
  return { reporting: servers.filter(([, { reporting }]) => reporting).map(([accountId]) => accountId) }
}
