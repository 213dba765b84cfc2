/** The conversation with the sender's bare JID; a stranger's first message opens one. */
import { bareOf } from '../../model/jid.ts'
import type { IncomingStep } from './draft.ts'

export const findConversation: IncomingStep = (draft, { storage, now }) => {
  const { accountId } = draft.link
  const counterpart = bareOf(draft.parsed.from)
  draft.conversation =
    storage.findConversationWith(accountId, counterpart) ??
    storage.insertConversation(accountId, counterpart, now())
  return 'continue'
}
