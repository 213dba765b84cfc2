/** Writes the row, at its true time, unless it is there already. */
import { bareOf } from '../../model/jid.ts'
import type { Conversation } from '../../model/conversation.ts'
import type { NewMessage } from '../../storage/storage.ts'
import { announceConversation } from '../conversations.ts'
import { chooseText } from '../languages.ts'
import type { Tools } from '../tools.ts'
import type { Draft, IncomingStep } from './draft.ts'
import { stampOf } from './sent-at.ts'

const CLOCKS_DIFFER_MS = 10_000

export const storeMessage: IncomingStep = (draft, tools) => {
  const { storage, events, raised } = tools
  if (draft.conversation === undefined) return 'stop'
  const stored = storage.insertMessage(newMessage(draft, draft.conversation, tools))
  if (stored === undefined) return 'stop'
  raised.clear('disk-full')
  draft.announcements.push(() => {
    // The conversation first: who hears of the message wants to know how many are unread.
    announceConversation(tools, stored.conversationId)
    events.emit('message.added', { message: stored })
  })
  return 'continue'
}

/**
 * What our own account says, from another device to itself, are our own words: out, sent, and read. No stanza-id is kept:
 * whether the server strips forged ones is not asked yet (XEP-0359 §6).
 */
function newMessage({ link, parsed }: Draft, conversation: Conversation, tools: Tools): NewMessage {
  const { ownBareJid } = link.stream
  const sender = bareOf(parsed.from)
  const isOwn = sender === ownBareJid
  const { body, languages } = chooseText(parsed, tools.languages())
  return {
    accountId: link.accountId,
    conversationId: conversation.id,
    direction: isOwn ? 'out' : 'in',
    sender,
    body,
    languages,
    sentAt: placeOf(stampOf(parsed, link, tools.now()), conversation, tools.now()),
    state: isOwn ? 'sent' : 'received',
    messageId: parsed.id,
    originId: parsed.originId,
    unstyled: parsed.unstyled,
    thread: parsed.thread,
    unread: !isOwn,
  }
}

/**
 * A stamp that lies just before the last message is no reason to go before it: servers stamp in whole seconds, and their
 * clocks are not ours, while messages come in the order they were sent in (RFC 6120 §10.1). Two stamps do compare: a
 * server may deliver what it kept in another order.
 */
function placeOf(stampMs: number | undefined, { last }: Conversation, now: number): number {
  const sentAt = stampMs ?? now
  const isByOurClock = last !== undefined && last.sentAt % 1000 !== 0
  return isByOurClock && last.sentAt > sentAt && last.sentAt - sentAt <= CLOCKS_DIFFER_MS
    ? last.sentAt
    : sentAt
}
