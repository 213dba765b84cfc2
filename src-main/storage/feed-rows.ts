/** A row of table `feed_item` and the model's FeedItem and FeedSummary. */
import type { FeedItem, FeedKind, FeedSummary } from '../model/inbox.ts'
import type { Jid } from '../model/jid.ts'
import { fromLanguagesJson } from './languages.ts'

export interface FeedSummaryRow {
  readonly id: number
  readonly account_id: number
  readonly kind: FeedKind
  readonly sender: Jid
  readonly subject: string
  readonly preview: string
  readonly error_condition: string | null
  readonly error_text: string | null
  readonly occurrences: number
  readonly sent_at: number
  readonly unread: 0 | 1
}

export interface FeedRow extends Omit<FeedSummaryRow, 'preview'> {
  readonly body: string
  readonly languages: string | null
  readonly unstyled: 0 | 1
  readonly source: string
}

const BASE =
  'id, account_id, kind, sender, subject, error_condition, error_text, occurrences, sent_at, unread'
export const FEED_COLUMNS = `${BASE}, body, languages, unstyled, source`
export const FEED_SUMMARY_COLUMNS = `${BASE}, substr(body, 1, 300) AS preview`

export function toFeedSummary(row: FeedSummaryRow): FeedSummary {
  return { ...toBase(row), preview: row.preview }
}

export function toFeedItem(row: FeedRow): FeedItem {
  return {
    ...toBase(row),
    body: row.body,
    ...fromLanguagesJson(row.languages),
    ...(row.unstyled === 1 ? { unstyled: true } : {}),
    source: row.source,
  }
}

function toBase(row: Omit<FeedSummaryRow, 'preview'>): Omit<FeedSummary, 'preview'> {
  return {
    id: row.id,
    accountId: row.account_id,
    kind: row.kind,
    sender: row.sender,
    subject: row.subject,
    ...(row.error_condition === null
      ? {}
      : { error: { condition: row.error_condition, text: row.error_text ?? '' } }),
    occurrences: row.occurrences,
    sentAt: row.sent_at,
    unread: row.unread === 1,
  }
}
