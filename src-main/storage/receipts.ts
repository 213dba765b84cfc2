/** What is known of own messages on their way (XEP-0184, XEP-0333): statements. */
import type { Jid } from '../model/jid.ts'
import type { Message } from '../model/message.ts'
import { inTransaction, type WritableDB } from './database.ts'
import { MESSAGE_COLUMNS, toMessage, type MessageRow } from './message-rows.ts'
import { prepareReceiptDuties } from './receipt-duties.ts'
import type { ReceiptsStorage } from './receipts.types.ts'
import { prepareWaitingReceipts } from './waiting-receipts.ts'

/** More than a window keeps on screen. */
const MAX_CHANGED = 500

export const RECEIPT_QUERIES = {
  ownTo: `SELECT ${MESSAGE_COLUMNS} FROM message
    WHERE conversation_id = ? AND sender = ? AND message_id = ? AND direction = 'out' ORDER BY id DESC LIMIT 1`,
  /** By the id of a correction (XEP-0308): whoever has that has the message. */
  correctedTo: `SELECT ${MESSAGE_COLUMNS} FROM message
    WHERE id = (SELECT message_row FROM revision WHERE own_id = ? ORDER BY id DESC LIMIT 1)
      AND conversation_id = ? AND sender = ? AND direction = 'out'`,
  /** The marker that reaches furthest. */
  furthest: `SELECT place, id FROM message WHERE conversation_id = ? AND displayed_at IS NOT NULL
    ORDER BY place DESC, id DESC LIMIT 1`,
  between: `SELECT ${MESSAGE_COLUMNS} FROM message
    WHERE conversation_id = :conversationId AND (place, id) > (:afterPlace, :afterId) AND (place, id) <= (:place, :id)
      AND direction = 'out' ORDER BY place DESC, id DESC LIMIT ${MAX_CHANGED}`,
} as const

export function prepareReceipts(db: WritableDB): ReceiptsStorage {
  const ownTo = db.prepare<[number, Jid, string], MessageRow>(RECEIPT_QUERIES.ownTo)
  const correctedTo = db.prepare<[string, number, Jid], MessageRow>(RECEIPT_QUERIES.correctedTo)
  const deliver = db.prepare<[number, number], MessageRow>(
    `UPDATE message SET delivered_at = ?, state = 'sent', error_condition = NULL, error_text = NULL
     WHERE id = ? AND direction = 'out' AND delivered_at IS NULL RETURNING ${MESSAGE_COLUMNS}`,
  )
  const resend = db.prepare<[number, number]>('UPDATE message SET resent_at = ? WHERE id = ?')
  return {
    findOwnMessageTo(conversationId, sender, messageId) {
      const row =
        ownTo.get(conversationId, sender, messageId) ?? correctedTo.get(messageId, conversationId, sender)
      return row && toMessage(row)
    },
    setDelivered(messageId, at) {
      const row = deliver.get(at, messageId)
      return row && toMessage(row)
    },
    setDisplayed: inTransaction(db, prepareDisplayed(db)),
    setResent: (messageId, at) => void resend.run(at, messageId),
    ...prepareWaitingReceipts(db),
    ...prepareReceiptDuties(db),
  }
}

type Key = Pick<Message, 'place' | 'id'>

function prepareDisplayed(db: WritableDB): ReceiptsStorage['setDisplayed'] {
  const byId = db.prepare<[number], MessageRow>(`SELECT ${MESSAGE_COLUMNS} FROM message WHERE id = ?`)
  const furthest = db.prepare<[number], Key>(RECEIPT_QUERIES.furthest)
  const display = db.prepare<[number, number]>(
    `UPDATE message SET displayed_at = ?, state = 'sent', error_condition = NULL, error_text = NULL WHERE id = ?`,
  )
  const between = db.prepare<
    Key & { conversationId: number; afterPlace: number; afterId: number },
    MessageRow
  >(RECEIPT_QUERIES.between)

  return (messageId, at) => {
    const message = byId.get(messageId)
    if (message?.direction !== 'out') return []
    const { conversation_id: conversationId, place, id } = message
    const before = furthest.get(conversationId)
    if (before !== undefined && !isBefore(before, message)) return []
    display.run(at, id)
    const after = { afterPlace: before?.place ?? Number.MIN_SAFE_INTEGER, afterId: before?.id ?? 0 }
    return between
      .all({ conversationId, ...after, place, id })
      .map(toMessage)
      .reverse()
  }
}

function isBefore(one: Key, other: Key): boolean {
  return one.place < other.place || (one.place === other.place && one.id < other.id)
}
