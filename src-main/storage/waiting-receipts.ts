/** Receipts and markers that came before the message they speak of: table `waiting_receipt`. */
import { inTransaction, type WritableDB } from './database.ts'
import type { NamedMessage, ReceiptsStorage, WaitingReceipt } from './receipts.types.ts'

const MOST_WAITING = 1000
/** To look for the oldest each time would cost more than to keep some more. */
const LOOK_EACH = 100

type Waiting = Pick<ReceiptsStorage, 'keepWaitingReceipt' | 'takeWaitingReceipts'>

export function prepareWaitingReceipts(db: WritableDB): Waiting {
  // The first of several devices counts.
  const keep = db.prepare<NamedMessage & WaitingReceipt>(
    `INSERT INTO waiting_receipt (account_id, counterpart, message_id, kind, at)
     VALUES (:accountId, :counterpart, :messageId, :kind, :at) ON CONFLICT DO UPDATE SET at = min(at, excluded.at)`,
  )
  const trim = db.prepare<{ accountId: number }>(
    `DELETE FROM waiting_receipt WHERE account_id = :accountId AND at < (
       SELECT at FROM waiting_receipt WHERE account_id = :accountId
       ORDER BY at DESC LIMIT 1 OFFSET ${MOST_WAITING - 1})`,
  )
  const take = db.prepare<NamedMessage, WaitingReceipt>(
    `DELETE FROM waiting_receipt
     WHERE account_id = :accountId AND counterpart = :counterpart AND message_id = :messageId RETURNING kind, at`,
  )
  let kept = 0
  return {
    keepWaitingReceipt: inTransaction(db, (message: NamedMessage, receipt: WaitingReceipt) => {
      keep.run({ ...message, ...receipt })
      kept += 1
      if (kept % LOOK_EACH === 0) trim.run({ accountId: message.accountId })
    }),
    takeWaitingReceipts: (message) => take.all(message),
  }
}
