/** The row that an incoming message is to become. */
import type { Conversation } from '../../model/conversation.ts'
import { withoutQuote } from '../../protocol/message.ts'
import type { NewMessage } from '../../storage/storage.ts'
import { chooseForUser } from '../languages.ts'
import { cardsFor } from '../links/cards.ts'
import { newReply } from '../replies/arrived.ts'
import { senderOf } from '../rooms/arrival.ts'
import { isUnreadIn, speaksToUs } from '../rooms/mentions.ts'
import { chooseHint } from '../replies/hint.ts'
import type { Tools } from '../tools.ts'
import type { Draft } from './draft.ts'
import { heldMsOf } from './sent-at.ts'

const CLOCKS_DIFFER_MS = 10_000

/** What our own account says, wherever, are our own words: out, sent, and read. */
export function newMessage(draft: Draft, conversation: Conversation, tools: Tools): NewMessage {
  const { link, parsed, isOwn, stampMs, stanzaId, room } = draft
  const now = tools.now()
  const sentAt = sentAtOf(draft, conversation, now)
  const heldMs = heldMsOf(draft, link, now)
  const said = withoutQuote(parsed)
  const { body, languages } = chooseForUser(said, tools)
  return {
    accountId: link.accountId,
    conversationId: conversation.id,
    direction: isOwn ? 'out' : 'in',
    sender: senderOf(draft, link.stream.ownBareJid),
    author: room?.author ?? (room && { nick: '' }),
    mention: (draft.hidden === undefined && speaksToUs(draft, body)) || undefined,
    body,
    languages,
    sentAt,
    atEnd: heldMs === undefined || sentAt !== stampMs,
    // Sent again and then kept for us: its order is that of our server.
    place: heldMs === undefined || heldMs === stampMs ? undefined : heldMs * 1000,
    held: stampMs !== undefined,
    state: isOwn ? 'sent' : 'received',
    messageId: parsed.id,
    // In a room anybody may repeat another's: of who was there before, only our own is of use (attack S6).
    originId: room?.kind === 'room' && !isOwn ? undefined : parsed.originId,
    stanzaId,
    unstyled: parsed.unstyled,
    thread: parsed.thread,
    markable: isOwn || room !== undefined ? undefined : parsed.markable,
    oweReceipt: draft.oweReceipt,
    reply: newReply(said, room?.kind),
    spoiler: parsed.spoiler && chooseHint(parsed.spoiler, languages?.shown, tools.languages()),
    links: cardsFor(body, parsed.links),
    unread: !isOwn && draft.hidden === undefined && isUnreadIn(draft),
    hidden: draft.hidden,
  }
}

/**
 * A stamp that lies just before the last message is no reason to go before it: servers stamp in whole seconds, and their
 * clocks are not ours, while messages come in the order they were sent in (RFC 6120 §10.1). Two stamps do compare: a
 * server may deliver what it kept in another order. The archive knows its own order.
 */
function sentAtOf({ stampMs, archived }: Draft, { last }: Conversation, now: number): number {
  const sentAt = stampMs ?? now
  if (archived !== undefined) return sentAt
  const isByOurClock = last !== undefined && last.sentAt % 1000 !== 0
  return isByOurClock && last.sentAt > sentAt && last.sentAt - sentAt <= CLOCKS_DIFFER_MS
    ? last.sentAt
    : sentAt
}
