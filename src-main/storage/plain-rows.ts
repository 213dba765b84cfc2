/** Rows that were just written and of which nothing is to be looked up: most of what comes in. Not read again, then. */
import type { InsertParameters } from './message-insert.ts'
import type { MessageRow } from './message-rows.ts'
import type { NewMessage } from './storage.ts'

/**
 * Whether all that is ever read of its row is what is written now: it answers nothing, nobody can have displayed it, and in
 * any kind of conversation it has the ids by which it is named.
 */
export function isPlain(message: NewMessage): boolean {
  const { direction, reply, languages, links, stanzaId, messageId, originId } = message
  const isAlone = direction === 'in' && reply === undefined && languages === undefined && links === undefined
  return isAlone && !!stanzaId && !!(messageId || originId)
}

export function plainRow(id: number | bigint, written: InsertParameters): MessageRow {
  return {
    ...NOTHING_YET,
    id: Number(id),
    account_id: written.accountId,
    conversation_id: written.conversationId,
    direction: written.direction,
    sender: written.sender,
    body: written.body,
    sent_at: written.sentAt,
    place: written.place,
    state: written.state,
    unstyled: written.unstyled,
    spoiler: written.spoiler,
    author_nick: written.authorNick,
    author_id: written.authorId,
    author_jid: written.authorJid,
    mention: written.mention,
  }
}

/** What only others do to a message, or what a plain one has not. */
const NOTHING_YET = {
  ...{ error_condition: null, error_text: null, delivered_at: null, until_displayed_at: null },
  ...{ languages: null, links: null, reply_id: null, reply_quote: null, reply_original: null },
  ...{ pinned_at: null, corrected_at: null, retracted_at: null, moderated: null, deed: null },
  nameless: 0,
  reactions: '[]',
} as const
