/** The history as an export reads it: conversations with their names, and pages from the oldest message on. */
import type { Conversation } from '../../model/conversation.ts'
import type { ExportedConversation } from '../../model/history.ts'
import type { MessageKey, MessagePage } from '../../model/message.ts'
import { getConversation } from '../conversations.ts'
import type { Tools } from '../tools.ts'

/** Few enough to be read and written in one turn. */
const PAGE = 50
const BEFORE_ALL: MessageKey = { place: Number.MIN_SAFE_INTEGER, id: 0 }

/** All of them, or one; those without a message too. Throws UserError 'not-found'. */
export function listExported(
  tools: Tools,
  conversationId: number | undefined,
): readonly ExportedConversation[] {
  const { storage } = tools
  const wanted =
    conversationId === undefined ? storage.listConversations() : [getConversation(tools, conversationId)]
  return wanted.map((conversation) => ({
    conversation,
    account: storage.findAccount(conversation.accountId)?.jid ?? '',
    name: nameOf(tools, conversation),
  }))
}

/** After this message; without one from the beginning. */
export function pageExported(
  { storage }: Tools,
  conversationId: number,
  after: MessageKey = BEFORE_ALL,
): MessagePage {
  return storage.pageMessages({ conversationId, after, limit: PAGE })
}

function nameOf({ storage }: Tools, { id, accountId, kind, counterpart, nick }: Conversation): string {
  const room =
    kind === 'chat' ? undefined : (storage.findRoom(id) ?? storage.findRoomAt(accountId, counterpart))
  const named =
    kind === 'chat' ? storage.findContact(accountId, counterpart)?.name : room?.ownName || room?.traits?.name
  const name = named === undefined || named === '' ? counterpart : named
  return kind === 'private' ? `${nick ?? ''} (${name})` : name
}
