/** Column `request` of table `conversation`: a stranger began it, and the user has not taken it yet. */
import type { WritableDB } from './database.ts'
import type { MessageRequestsStorage } from './message-requests.types.ts'

export function prepareMessageRequests(db: WritableDB): MessageRequestsStorage {
  const set = db.prepare<[number, number]>('UPDATE conversation SET request = ? WHERE id = ?')
  const count = db
    .prepare<[number], number>('SELECT count(*) FROM conversation WHERE account_id = ? AND request = 1')
    .pluck()
  const remove = db.prepare<[number]>('DELETE FROM conversation WHERE id = ?')
  const stanzaIds = db
    .prepare<[number, number], string>(
      `SELECT stanza_id FROM message WHERE conversation_id = ? AND direction = 'in' AND stanza_id IS NOT NULL
       ORDER BY place DESC, id DESC LIMIT ?`,
    )
    .pluck()
  return {
    setRequest: (conversationId, waits) => void set.run(Number(waits), conversationId),
    countRequests: (accountId) => count.get(accountId) ?? 0,
    deleteConversation: (conversationId) => void remove.run(conversationId),
    listStanzaIds: (conversationId, most) => stanzaIds.all(conversationId, most),
  }
}
