/** A row of table `message` and the model's Message. */
import { bareOf, type Jid } from '../model/jid.ts'
import type { Message, MessageState } from '../model/message.ts'
import { AUTHOR_COLUMNS, toAuthor, type AuthorRow } from './author-rows.ts'
import { ACTION_COLUMNS, doneOf, type ActionColumns } from './actions-rows.ts'
import { fromLanguagesJson } from './languages.ts'
import { toLinkFields, type LinkRow } from './link-rows.ts'
import { RECEPTION_COLUMNS, toReception, type ReceptionRow } from './receipt-rows.ts'
import { REPLY_COLUMNS, toReplyFields, type ReplyRow } from './reply-rows.ts'

export interface MessageRow extends ReceptionRow, ReplyRow, LinkRow, ActionColumns, AuthorRow {
  readonly id: number
  readonly account_id: number
  readonly conversation_id: number
  readonly direction: 'in' | 'out'
  readonly sender: Jid
  readonly body: string
  readonly sent_at: number
  readonly place: number
  readonly state: MessageState
  readonly error_condition: string | null
  readonly error_text: string | null
  readonly unstyled: 0 | 1
  readonly languages: string | null
}

export const MESSAGE_COLUMNS = `id, account_id, conversation_id, direction, sender, body, sent_at, place, state,
  error_condition, error_text, unstyled, languages, ${RECEPTION_COLUMNS},
  ${REPLY_COLUMNS}, links, ${ACTION_COLUMNS}, ${AUTHOR_COLUMNS}`

export function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    accountId: row.account_id,
    conversationId: row.conversation_id,
    direction: row.direction,
    sender: bareOf(row.sender),
    body: row.body,
    sentAt: row.sent_at,
    place: row.place,
    state: row.state,
    ...(row.error_condition === null
      ? {}
      : { error: { condition: row.error_condition, text: row.error_text ?? '' } }),
    ...(row.unstyled === 1 ? { unstyled: true } : {}),
    ...fromLanguagesJson(row.languages),
    ...toReception(row),
    ...toReplyFields(row),
    ...toLinkFields(row),
    ...doneOf(row),
    ...toAuthor(row),
  }
}
