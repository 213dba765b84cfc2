/** What we owe others: receipts they asked for, and markers of what the user has seen. It is owed until the server has it. */
import type { WritableDB } from './database.ts'
import type { MarkerDue, ReceiptDue, ReceiptsStorage } from './receipts.types.ts'

export const DUTY_QUERIES = {
  receipts: `SELECT id, sender, message_id AS messageId FROM message
    WHERE account_id = ? AND receipt_due = 1 ORDER BY id LIMIT 500`,
  newestSeen: `SELECT id, place, message_id FROM message
    WHERE conversation_id = ? AND unread = 1 AND markable = 1 AND message_id IS NOT NULL
    ORDER BY place DESC, id DESC LIMIT 1`,
  markers: `SELECT d.conversation_id AS conversationId, c.counterpart, d.message_id AS messageId
    FROM displayed_duty AS d JOIN conversation AS c ON c.id = d.conversation_id
    WHERE d.account_id = ? AND d.told = 0 AND c.kind <> 'room'`,
  /** By its own id: where a sender gave one twice, the latest is meant. */
  placeOf: `SELECT m.id, m.place, m.account_id FROM message AS m JOIN conversation AS c ON c.id = m.conversation_id
    WHERE m.conversation_id = ? AND m.sender = c.counterpart AND m.message_id = ? AND m.direction = 'in'
    ORDER BY m.id DESC LIMIT 1`,
} as const

type Duties = Pick<
  ReceiptsStorage,
  'listReceiptsDue' | 'setReceiptTold' | 'oweMarker' | 'listMarkersDue' | 'setMarkerTold'
>

export function prepareReceiptDuties(db: WritableDB): Duties {
  const receipts = db.prepare<[number], ReceiptDue>(DUTY_QUERIES.receipts)
  const receiptTold = db.prepare<[number]>('UPDATE message SET receipt_due = 0 WHERE id = ?')
  const markers = db.prepare<[number], MarkerDue>(DUTY_QUERIES.markers)
  // Markers only move forward (XEP-0333 §5).
  const owe = db.prepare<{ conversationId: number }>(
    `INSERT INTO displayed_duty (conversation_id, account_id, place, row, message_id, told)
     SELECT c.id, c.account_id, seen.place, seen.id, seen.message_id, 0
     FROM (${DUTY_QUERIES.newestSeen.replace('?', ':conversationId')}) AS seen
       JOIN conversation AS c ON c.id = :conversationId
     WHERE true
     ON CONFLICT DO UPDATE SET place = excluded.place, row = excluded.row, message_id = excluded.message_id, told = 0
     WHERE (excluded.place, excluded.row) > (place, row)`,
  )
  const told = db.prepare<{ conversationId: number; messageId: string }>(
    `INSERT INTO displayed_duty (conversation_id, account_id, place, row, message_id, told)
     SELECT :conversationId, known.account_id, known.place, known.id, :messageId, 1
     FROM (${DUTY_QUERIES.placeOf.replace('?', ':conversationId').replace('?', ':messageId')}) AS known
     WHERE true
     ON CONFLICT DO UPDATE SET place = excluded.place, row = excluded.row, message_id = excluded.message_id, told = 1
     WHERE (excluded.place, excluded.row) >= (place, row)`,
  )
  return {
    listReceiptsDue: (accountId) => receipts.all(accountId),
    setReceiptTold: (messageId) => void receiptTold.run(messageId),
    oweMarker: (conversationId) => void owe.run({ conversationId }),
    listMarkersDue: (accountId) => markers.all(accountId),
    setMarkerTold: (conversationId, messageId) => void told.run({ conversationId, messageId }),
  }
}
