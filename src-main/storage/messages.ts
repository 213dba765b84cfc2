/** Writing table `message`. Each change brings the conversation's row along in the same transaction. */
import type { BareJid } from '../model/jid.ts'
import type { Message, MessageError, MessageState } from '../model/message.ts'
import { prepareRefresh } from './conversations.ts'
import { inTransaction, type WritableDB } from './database.ts'
import { prepareDuplicates } from './duplicates.ts'
import { toLanguagesJson } from './languages.ts'
import { MESSAGE_COLUMNS, toMessage, type MessageRow } from './message-rows.ts'
import { StorageError, type NewMessage } from './storage.ts'

export function prepareMessageWrites(db: WritableDB) {
  return {
    insertMessage: inTransaction(db, prepareInsert(db)),
    setMessageState: prepareState(db),
    deleteMessage: inTransaction(db, prepareDelete(db)),
  }
}

interface InsertParameters {
  readonly accountId: number
  readonly conversationId: number
  readonly direction: 'in' | 'out'
  readonly sender: BareJid
  readonly body: string
  readonly sentAt: number
  readonly state: MessageState
  readonly unread: number
  readonly messageId: string | null
  readonly originId: string | null
  readonly stanzaId: string | null
  readonly unstyled: 0 | 1
  readonly thread: string | null
  readonly threadParent: string | null
  readonly languages: string | null
}

function prepareInsert(db: WritableDB): (message: NewMessage) => Message | undefined {
  const findDuplicate = prepareDuplicates(db)
  const refresh = prepareRefresh(db)
  const fillStanzaId = db.prepare<[string, number]>(
    'UPDATE message SET stanza_id = ? WHERE id = ? AND stanza_id IS NULL',
  )
  const insert = db.prepare<InsertParameters, MessageRow>(
    `INSERT INTO message (account_id, conversation_id, direction, sender, body, sent_at, state, unread, message_id,
       origin_id, stanza_id, unstyled, thread, thread_parent, languages)
     VALUES (:accountId, :conversationId, :direction, :sender, :body, :sentAt, :state, :unread, :messageId, :originId,
       :stanzaId, :unstyled, :thread, :threadParent, :languages)
     RETURNING ${MESSAGE_COLUMNS}`,
  )

  return (message) => {
    const duplicateId = findDuplicate(message)
    if (duplicateId !== undefined) {
      if (message.stanzaId) fillStanzaId.run(message.stanzaId, duplicateId)
      return undefined
    }
    const row = insert.get(toParameters(message))
    if (row === undefined) throw new StorageError('other', 'the message was not written')
    refresh(message.conversationId, Number(message.unread))
    return toMessage(row)
  }
}

function toParameters(message: NewMessage): InsertParameters {
  return {
    ...message,
    unread: Number(message.unread),
    messageId: message.messageId || null,
    originId: message.originId || null,
    stanzaId: message.stanzaId || null,
    unstyled: message.unstyled === true ? 1 : 0,
    thread: message.thread?.id ?? null,
    threadParent: message.thread?.parent ?? null,
    languages: toLanguagesJson(message.languages),
  }
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
