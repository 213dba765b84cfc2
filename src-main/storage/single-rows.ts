/** A row of table `single_message` and the model's SingleMessage and SingleSummary. */
import type { SingleMessage, SingleSummary } from '../model/inbox.ts'
import type { BareJid } from '../model/jid.ts'
import type { MessageState } from '../model/message.ts'
import { fromLanguagesJson } from './languages.ts'
import { threadOf, type ThreadColumns } from './threads.ts'

export interface SingleSummaryRow {
  readonly id: number
  readonly account_id: number
  readonly direction: 'in' | 'out'
  readonly counterpart: BareJid
  readonly subject: string
  /** Its beginning. */
  readonly preview: string
  readonly sent_at: number
  readonly state: MessageState
  readonly unread: 0 | 1
}

export interface SingleRow extends Omit<SingleSummaryRow, 'preview'>, ThreadColumns {
  readonly body: string
  readonly languages: string | null
  readonly unstyled: 0 | 1
  readonly error_condition: string | null
  readonly error_text: string | null
}

const BASE = 'id, account_id, direction, counterpart, subject, sent_at, state, unread'
export const SINGLE_COLUMNS = `${BASE}, body, thread, thread_parent, languages, unstyled, error_condition, error_text`
export const SUMMARY_COLUMNS = `${BASE}, substr(body, 1, 200) AS preview`

export function toSummary(row: SingleSummaryRow): SingleSummary {
  return { ...toBase(row), preview: row.preview }
}

export function toSingle(row: SingleRow): SingleMessage {
  return {
    ...toBase(row),
    body: row.body,
    ...threadOf(row),
    ...fromLanguagesJson(row.languages),
    ...(row.unstyled === 1 ? { unstyled: true } : {}),
    ...(row.error_condition === null
      ? {}
      : { error: { condition: row.error_condition, text: row.error_text ?? '' } }),
  }
}

function toBase(row: Omit<SingleSummaryRow, 'preview'>): Omit<SingleSummary, 'preview'> {
  return {
    id: row.id,
    accountId: row.account_id,
    direction: row.direction,
    counterpart: row.counterpart,
    subject: row.subject,
    sentAt: row.sent_at,
    state: row.state,
    unread: row.unread === 1,
  }
}
