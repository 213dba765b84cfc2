/** Table `subscription_request`: who asked to see our presence and still waits for an answer. */
import type { SubscriptionRequest } from '../model/contact.ts'
import type { BareJid } from '../model/jid.ts'
import type { ReadableDB, WritableDB } from './database.ts'

export function prepareRequestReads(db: ReadableDB) {
  const all = db.prepare<[], SubscriptionRequest>(
    `SELECT account_id AS accountId, jid, text, nick, received_at AS receivedAt FROM subscription_request
     ORDER BY received_at, account_id, jid`,
  )
  return { listRequests: () => all.all() }
}

export function prepareRequestWrites(db: WritableDB) {
  const put = db.prepare<[SubscriptionRequest]>(
    `INSERT OR REPLACE INTO subscription_request (account_id, jid, text, nick, received_at)
     VALUES (:accountId, :jid, :text, :nick, :receivedAt)`,
  )
  const remove = db.prepare<[number, BareJid]>(
    'DELETE FROM subscription_request WHERE account_id = ? AND jid = ?',
  )
  return {
    putRequest: (request: SubscriptionRequest) => void put.run(request),
    deleteRequest: (accountId: number, jid: BareJid) => void remove.run(accountId, jid),
  }
}
