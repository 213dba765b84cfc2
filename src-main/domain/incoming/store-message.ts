/** Writes the row, at its true time, unless it is there already. */
import { bareOf, domainOf, type Jid } from '../../model/jid.ts'
import type { NewMessage } from '../../storage/storage.ts'
import { trustedDelay } from '../../protocol/message.ts'
import { announceConversation } from '../conversations.ts'
import type { Draft, IncomingStep } from './draft.ts'

export const storeMessage: IncomingStep = (draft, tools) => {
  const { storage, events, raised } = tools
  if (draft.conversation === undefined) return 'stop'
  const stored = storage.insertMessage(newMessage(draft, draft.conversation.id, tools.now()))
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
function newMessage({ link, parsed }: Draft, conversationId: number, now: number): NewMessage {
  const { ownBareJid } = link.stream
  const sender = bareOf(parsed.from)
  const isOwn = sender === ownBareJid
  return {
    accountId: link.accountId,
    conversationId,
    direction: isOwn ? 'out' : 'in',
    sender,
    body: parsed.body ?? '',
    sentAt: trustedDelay(parsed, { trusted: holdersOf(parsed.from, ownBareJid), nowMs: now }) ?? now,
    state: isOwn ? 'sent' : 'received',
    messageId: parsed.id,
    originId: parsed.originId,
    unread: !isOwn,
  }
}

/** Who may have held the message on its way: either end and either server. */
function holdersOf(sender: Jid, own: Jid): (from: Jid) => boolean {
  const holders: readonly string[] = [bareOf(sender), domainOf(sender), own, domainOf(own)]
  return (from) => holders.includes(bareOf(from))
}
