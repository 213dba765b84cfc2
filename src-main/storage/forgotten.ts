/** Table `forgotten_message`: what the user removed on this computer, so that an archive does not bring it back. */
import type { Jid } from '../model/jid.ts'
import type { ActionsStorage } from './actions.types.ts'
import { prepareRefresh } from './conversations.ts'
import { inTransaction, type WritableDB } from './database.ts'

/**
 * Where nothing but the `id` attribute tells, it must have been sent about then: some senders number their messages anew at
 * each start. Wide enough for clocks that differ.
 */
const SAME_TIME_MS = 10 * 60_000

export const FORGOTTEN_QUERIES = {
  byStanzaId: 'SELECT 1 FROM forgotten_message WHERE conversation_id = ? AND stanza_id = ?',
  byOriginId: 'SELECT 1 FROM forgotten_message WHERE conversation_id = ? AND sender = ? AND origin_id = ?',
  byMessageId: `
    SELECT 1 FROM forgotten_message WHERE conversation_id = ? AND sender = ? AND message_id = ?
      AND abs(sent_at - ?) < ${SAME_TIME_MS} LIMIT 1`,
} as const

/** Whether this message was removed here. */
function prepareIsRemoved(db: WritableDB): ActionsStorage['isRemoved'] {
  const byStanzaId = db.prepare<[number, string]>(FORGOTTEN_QUERIES.byStanzaId)
  const byOriginId = db.prepare<[number, Jid, string]>(FORGOTTEN_QUERIES.byOriginId)
  const byMessageId = db.prepare<[number, Jid, string, number]>(FORGOTTEN_QUERIES.byMessageId)
  return ({ conversationId, sender, stanzaId, originId, messageId, sentAt }) =>
    (!!stanzaId && byStanzaId.get(conversationId, stanzaId) !== undefined) ||
    (!!originId && byOriginId.get(conversationId, sender, originId) !== undefined) ||
    (!!messageId && byMessageId.get(conversationId, sender, messageId, sentAt) !== undefined)
}

export function prepareForgotten(db: WritableDB) {
  const refresh = prepareRefresh(db)
  const remember = db.prepare<[number]>(
    `INSERT INTO forgotten_message (conversation_id, sender, message_id, origin_id, stanza_id, sent_at)
     SELECT conversation_id, sender, message_id, origin_id, stanza_id, sent_at FROM message WHERE id = ?`,
  )
  const remove = db.prepare<[number], { conversation_id: number; unread: number }>(
    'DELETE FROM message WHERE id = ? RETURNING conversation_id, unread',
  )
  const byId = db.prepare<{ conversationId: number; sender: Jid; id: string }>(
    `SELECT 1 FROM forgotten_message WHERE conversation_id = :conversationId AND sender = :sender AND message_id = :id
     UNION ALL
     SELECT 1 FROM forgotten_message WHERE conversation_id = :conversationId AND sender = :sender AND origin_id = :id`,
  )

  function forgetMessage(messageId: number): void {
    remember.run(messageId)
    const removed = remove.get(messageId)
    if (removed !== undefined) refresh(removed.conversation_id, -removed.unread)
  }
  return {
    forgetMessage: inTransaction(db, forgetMessage),
    isRemoved: prepareIsRemoved(db),
    isForgotten: (conversationId: number, sender: Jid, id: string): boolean =>
      byId.get({ conversationId, sender, id }) !== undefined,
  }
}
