/** Writing table `message`. Each change brings the conversation's row along in the same transaction. */
import type { Message, MessageError, MessageState } from '../model/message.ts'
import { prepareRefresh } from './conversations.ts'
import { inTransaction, joiningTransaction, type WritableDB } from './database.ts'
import { prepareDuplicates, prepareUnnamedDuplicates } from './duplicates.ts'
import { MESSAGE_COLUMNS, toMessage, type MessageRow } from './message-rows.ts'
import { INSERT, toParameters, type InsertParameters } from './message-insert.ts'
import { isPlain, plainRow } from './plain-rows.ts'
import { prepareOriginals } from './replies.ts'
import { StorageError, type NewMessage } from './storage.ts'

export function prepareMessageWrites(db: WritableDB) {
  return {
    insertMessage: joiningTransaction(db, prepareInsert(db)),
    setMessageState: prepareState(db),
    deleteMessage: inTransaction(db, prepareDelete(db)),
  }
}

/**
 * The row alone: whoever writes it has looked for duplicates and brings the conversation along. `archiveOrder`: how the
 * archive counts it, where it came from there.
 */
export function prepareWriteRow(db: WritableDB): (message: NewMessage, archiveOrder?: number) => Message {
  const findOriginal = prepareOriginals(db)
  const insert = db.prepare<InsertParameters, MessageRow>(`${INSERT} RETURNING ${MESSAGE_COLUMNS}`)
  const insertPlain = db.prepare<InsertParameters>(INSERT)

  return (message, archiveOrder) => {
    const original = findOriginal(message.conversationId, message.reply)
    const parameters = toParameters(message, original, archiveOrder)
    if (isPlain(message)) return toMessage(plainRow(insertPlain.run(parameters).lastInsertRowid, parameters))
    const row = insert.get(parameters)
    if (row === undefined) throw new StorageError('other', 'the message was not written')
    return toMessage(row)
  }
}

function prepareInsert(db: WritableDB): (message: NewMessage) => Message | undefined {
  const findDuplicate = prepareDuplicates(db)
  const refresh = prepareRefresh(db)
  const findUnnamed = prepareUnnamedDuplicates(db, 'otherwise')
  const placeAtEnd = prepareEnd(db)
  const writeRow = prepareWriteRow(db)
  const fillStanzaId = db.prepare<[string, number]>(
    'UPDATE message SET stanza_id = ? WHERE id = ? AND stanza_id IS NULL',
  )

  return (message) => {
    const duplicateId = findDuplicate(message) ?? (message.held === true ? findUnnamed(message) : undefined)
    if (duplicateId !== undefined) {
      if (message.stanzaId) fillStanzaId.run(message.stanzaId, duplicateId)
      return undefined
    }
    const row = writeRow(message.atEnd === true ? { ...message, place: placeAtEnd(message) } : message)
    refresh(message.conversationId, Number(message.unread))
    return row
  }
}

/** At its time, or where that is no longer the end, just behind the last one. */
function prepareEnd(db: WritableDB): (message: NewMessage) => number {
  const last = db
    .prepare<[number], number>(
      'SELECT place FROM message WHERE conversation_id = ? ORDER BY place DESC, id DESC LIMIT 1',
    )
    .pluck()
  return ({ conversationId, sentAt }) => Math.max(sentAt * 1000, (last.get(conversationId) ?? 0) + 1)
}

interface StateParameters {
  readonly id: number
  readonly state: MessageState
  readonly condition: string | null
  readonly text: string | null
}

/** An error belongs to 'failed' and goes when the state changes. A retried message keeps its place. */
function prepareState(db: WritableDB) {
  const update = db.prepare<StateParameters, MessageRow>(
    `UPDATE message SET state = :state, error_condition = :condition, error_text = :text
     WHERE id = :id AND state <> :state RETURNING ${MESSAGE_COLUMNS}`,
  )
  return (messageId: number, state: MessageState, error?: MessageError): Message | undefined => {
    const row = update.get({
      id: messageId,
      state,
      condition: error?.condition ?? null,
      text: error?.text ?? null,
    })
    return row && toMessage(row)
  }
}

function prepareDelete(db: WritableDB): (messageId: number) => void {
  const refresh = prepareRefresh(db)
  const remove = db.prepare<[number], { conversation_id: number; unread: number }>(
    'DELETE FROM message WHERE id = ? RETURNING conversation_id, unread',
  )
  return (messageId) => {
    const removed = remove.get(messageId)
    if (removed !== undefined) refresh(removed.conversation_id, -removed.unread)
  }
}
