/** Writing table `single_message`. */
import type { SingleMessage, SingleSummary } from '../model/inbox.ts'
import type { BareJid } from '../model/jid.ts'
import type { MessageError, MessageState } from '../model/message.ts'
import { inTransaction, type WritableDB } from './database.ts'
import type { NewSingle } from './inbox.types.ts'
import { toLanguagesJson } from './languages.ts'
import {
  SINGLE_COLUMNS,
  SUMMARY_COLUMNS,
  toSingle,
  toSummary,
  type SingleRow,
  type SingleSummaryRow,
} from './single-rows.ts'
import { StorageError } from './storage.ts'

export function prepareSingleWrites(db: WritableDB) {
  const setUnread = db.prepare<[number, number, number], SingleSummaryRow>(
    `UPDATE single_message SET unread = ? WHERE id = ? AND unread <> ? AND direction = 'in' RETURNING ${SUMMARY_COLUMNS}`,
  )
  const readAll = db.prepare('UPDATE single_message SET unread = 0 WHERE unread = 1')
  const remove = db.prepare<[number]>('DELETE FROM single_message WHERE id = ?')
  return {
    insertSingle: inTransaction(db, prepareInsert(db)),
    setSingleState: prepareState(db),
    setSingleUnread(messageId: number, unread: boolean): SingleSummary | undefined {
      const row = setUnread.get(Number(unread), messageId, Number(unread))
      return row && toSummary(row)
    },
    markAllSinglesRead: () => void readAll.run(),
    deleteSingle: (messageId: number) => void remove.run(messageId),
  }
}

interface InsertParameters {
  readonly accountId: number
  readonly direction: 'in' | 'out'
  readonly counterpart: BareJid
  readonly subject: string
  readonly body: string
  readonly size: number
  readonly sentAt: number
  readonly state: MessageState
  readonly unread: number
  readonly threadId: string | null
  readonly threadParent: string | null
  readonly languages: string | null
  readonly unstyled: number
  readonly messageId: string | null
  readonly originId: string | null
}

// The latest few alone are compared, so that one sender can't make it slow (as in duplicates.ts).
const COMPARED = 16

export const SINGLE_DUPLICATES = {
  byOriginId: `
    SELECT 1 FROM single_message
    WHERE account_id = :accountId AND counterpart = :counterpart AND direction = :direction AND origin_id = :originId`,
  byMessageId: `
    SELECT 1 FROM (
      SELECT subject, body FROM single_message
      WHERE account_id = :accountId AND counterpart = :counterpart AND direction = :direction AND message_id = :messageId
      ORDER BY id DESC LIMIT ${COMPARED})
    WHERE subject = :subject AND body = :body LIMIT 1`,
} as const

function prepareInsert(db: WritableDB): (message: NewSingle) => SingleMessage | undefined {
  const byOriginId = db.prepare<InsertParameters>(SINGLE_DUPLICATES.byOriginId)
  const byMessageId = db.prepare<InsertParameters>(SINGLE_DUPLICATES.byMessageId)
  const insert = db.prepare<InsertParameters, SingleRow>(
    `INSERT INTO single_message (account_id, direction, counterpart, subject, body, size, sent_at, state, unread, thread,
       thread_parent, languages, unstyled, message_id, origin_id)
     VALUES (:accountId, :direction, :counterpart, :subject, :body, :size, :sentAt, :state, :unread, :threadId,
       :threadParent, :languages, :unstyled, :messageId, :originId)
     RETURNING ${SINGLE_COLUMNS}`,
  )
  return (message) => {
    const parameters = toParameters(message)
    if (parameters.originId !== null && byOriginId.get(parameters) !== undefined) return undefined
    if (parameters.messageId !== null && byMessageId.get(parameters) !== undefined) return undefined
    const row = insert.get(parameters)
    if (row === undefined) throw new StorageError('other', 'the single message was not written')
    return toSingle(row)
  }
}

function toParameters(message: NewSingle): InsertParameters {
  const { accountId, direction, counterpart, subject, body, sentAt, state } = message
  const languages = toLanguagesJson(message.languages)
  return {
    ...{ accountId, direction, counterpart, subject, body, sentAt, state, languages },
    size: subject.length + body.length + (languages?.length ?? 0),
    unread: Number(message.unread),
    unstyled: Number(message.unstyled === true),
    threadId: message.thread?.id ?? null,
    threadParent: message.thread?.parent ?? null,
    messageId: message.messageId || null,
    originId: message.originId || null,
  }
}

interface StateParameters {
  readonly id: number
  readonly state: MessageState
  readonly condition: string | null
  readonly text: string | null
}

/** An error belongs to 'failed' and goes when the state changes. */
function prepareState(db: WritableDB) {
  const update = db.prepare<StateParameters, SingleRow>(
    `UPDATE single_message SET state = :state, error_condition = :condition, error_text = :text
     WHERE id = :id AND state <> :state RETURNING ${SINGLE_COLUMNS}`,
  )
  return (id: number, state: MessageState, error?: MessageError): SingleMessage | undefined => {
    const row = update.get({ id, state, condition: error?.condition ?? null, text: error?.text ?? null })
    return row && toSingle(row)
  }
}
