/** A row of table `message` and the model's Message. */
import type { BareJid } from '../model/jid.ts'
import type { Message, MessageState } from '../model/message.ts'
import { fromLanguagesJson } from './languages.ts'

export interface MessageRow {
  readonly id: number
  readonly account_id: number
  readonly conversation_id: number
  readonly direction: 'in' | 'out'
  readonly sender: BareJid
  readonly body: string
  readonly sent_at: number
  readonly state: MessageState
  readonly error_condition: string | null
  readonly error_text: string | null
  readonly unstyled: 0 | 1
  readonly languages: string | null
}

export const MESSAGE_COLUMNS = `id, account_id, conversation_id, direction, sender, body, sent_at, state, error_condition,
  error_text, unstyled, languages`

export function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    accountId: row.account_id,
    conversationId: row.conversation_id,
    direction: row.direction,
    sender: row.sender,
    body: row.body,
    sentAt: row.sent_at,
    state: row.state,
    ...(row.error_condition === null
      ? {}
      : { error: { condition: row.error_condition, text: row.error_text ?? '' } }),
    ...(row.unstyled === 1 ? { unstyled: true } : {}),
    ...fromLanguagesJson(row.languages),
  }
}
