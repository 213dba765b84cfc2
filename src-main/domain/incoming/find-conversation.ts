/** The conversation that it belongs to; a stranger's first message opens one that waits, as old as the message is. */
import { admit, isStrangers } from '../requests/screen-strangers.ts'
import type { IncomingStep } from './draft.ts'

export const findConversation: IncomingStep = (draft, tools) => {
  const { counterpart, link, room, stampMs } = draft
  const { storage, now } = tools
  const { accountId } = link
  draft.conversation ??= storage.findConversationWith(accountId, counterpart)
  if (!admit(draft, tools)) return 'stop'
  if (draft.conversation !== undefined) return 'continue'
  const at = Math.min(stampMs ?? Infinity, now())
  draft.conversation = storage.insertConversation(accountId, counterpart, at, room?.kind)
  if (!isStrangers(draft, tools)) return 'continue'
  storage.setRequest(draft.conversation.id, true)
  draft.conversation = { ...draft.conversation, request: true }
  return 'continue'
}
