/** How a row of table `message` is written at first. */
import type { BareJid, Jid } from '../model/jid.ts'
import type { MessageState } from '../model/message.ts'
import { toLanguagesJson } from './languages.ts'
import { toLinksJson } from './link-rows.ts'
import { REPLY_INSERT, toReplyParameters, type ReplyParameters } from './reply-rows.ts'
import type { NewMessage } from './storage.ts'

export interface InsertParameters extends ReplyParameters {
  readonly links: string | null
  readonly accountId: number
  readonly conversationId: number
  readonly direction: 'in' | 'out'
  readonly sender: Jid
  readonly body: string
  readonly sentAt: number
  readonly place: number
  readonly state: MessageState
  readonly unread: number
  readonly messageId: string | null
  readonly originId: string | null
  readonly stanzaId: string | null
  readonly unstyled: 0 | 1
  readonly thread: string | null
  readonly threadParent: string | null
  readonly languages: string | null
  readonly markable: 0 | 1
  readonly receiptDue: 0 | 1
  readonly standIn: 0 | 1
  readonly authorNick: string | null
  readonly authorId: string | null
  readonly authorJid: BareJid | null
  readonly mention: 0 | 1
  readonly hidden: 0 | 1
  readonly archiveOrder: number | null
}

export const INSERT = `
INSERT INTO message (account_id, conversation_id, direction, sender, body, sent_at, place, state, unread,
  message_id, origin_id, stanza_id, unstyled, thread, thread_parent, languages, markable,
  receipt_due, ${REPLY_INSERT.columns}, links, stand_in,
  author_nick, author_id, author_jid, mention, hidden, archive_order)
VALUES (:accountId, :conversationId, :direction, :sender, :body, :sentAt, :place, :state, :unread, :messageId,
  :originId, :stanzaId, :unstyled, :thread, :threadParent, :languages, :markable,
  :receiptDue, ${REPLY_INSERT.values}, :links, :standIn,
  :authorNick, :authorId, :authorJid, :mention, :hidden, :archiveOrder)`

/** `original`: the row that it answers; `archiveOrder`: how the archive counts it. */
export function toParameters(
  message: NewMessage,
  original: number | undefined,
  archiveOrder: number | undefined,
): InsertParameters {
  const { author, ...rest } = message
  return {
    ...rest,
    place: message.place ?? message.sentAt * 1000,
    unread: Number(message.unread),
    messageId: message.messageId || null,
    originId: message.originId || null,
    stanzaId: message.stanzaId || null,
    unstyled: message.unstyled === true ? 1 : 0,
    thread: message.thread?.id ?? null,
    threadParent: message.thread?.parent ?? null,
    languages: toLanguagesJson(message.languages),
    markable: message.markable === true ? 1 : 0,
    receiptDue: message.oweReceipt === true ? 1 : 0,
    links: toLinksJson(message.links),
    ...toReplyParameters(message.reply, message.spoiler, original),
    standIn: message.standIn === true ? 1 : 0,
    authorNick: author?.nick ?? null,
    authorId: author?.occupantId ?? null,
    authorJid: author?.jid ?? null,
    mention: message.mention === true ? 1 : 0,
    hidden: message.hidden === true ? 1 : 0,
    archiveOrder: archiveOrder ?? null,
  }
}
