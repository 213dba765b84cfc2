/** Table `deed`: own stanzas that are no messages, on their way like these. */
import type { Deed, DeedKind } from '../model/deed.ts'
import type { Jid } from '../model/jid.ts'
import type { MessageError, MessageState } from '../model/message.ts'
import type { NewDeed, PendingDeed, StoredDeed } from './actions.types.ts'
import { inTransaction, type WritableDB } from './database.ts'

/** So many that the server took are remembered, should an error answer one. */
const KEPT_SENT = 200

interface DeedRow {
  readonly id: number
  readonly counterpart: Jid
  readonly kind: DeedKind
  readonly payload: string
  readonly message_id: string
  readonly made_at: number
  readonly target_row: number | null
  readonly state: StoredDeed['state']
  readonly handed_over: 0 | 1
}

const COLUMNS =
  'd.id, d.counterpart, d.kind, d.payload, d.message_id, d.made_at, d.target_row, d.state, d.handed_over'
const LAST_ROW = '(SELECT coalesce(max(id), 0) FROM message)'

export const DEED_QUERIES = {
  pending: `
    SELECT ${COLUMNS}, d.after_row, m.state AS target_state
    FROM deed AS d LEFT JOIN message AS m ON m.id = d.target_row
    WHERE d.account_id = ? AND d.state = 'pending' ORDER BY d.id`,
  byMessageId: `SELECT ${COLUMNS} FROM deed AS d WHERE d.account_id = ? AND d.message_id = ?`,
  ofTarget: `SELECT ${COLUMNS} FROM deed AS d WHERE d.target_row = ? ORDER BY d.id`,
} as const

export function prepareDeeds(db: WritableDB) {
  return { ...prepareReads(db), ...prepareWrites(db) }
}

function prepareReads(db: WritableDB) {
  type PendingRow = DeedRow & { readonly after_row: number; readonly target_state: MessageState | null }
  const pending = db.prepare<[number], PendingRow>(DEED_QUERIES.pending)
  const byMessageId = db.prepare<[number, string], DeedRow>(DEED_QUERIES.byMessageId)
  const ofTarget = db.prepare<[number], DeedRow>(DEED_QUERIES.ofTarget)
  return {
    listPendingDeeds: (accountId: number): readonly PendingDeed[] =>
      pending.all(accountId).map((row) => ({
        ...toDeed(row),
        after: row.after_row,
        ...(row.target_state === null ? {} : { targetState: row.target_state }),
      })),
    findDeed(accountId: number, messageId: string): StoredDeed | undefined {
      const row = byMessageId.get(accountId, messageId)
      return row && toDeed(row)
    },
    listDeedsOf: (messageId: number): readonly StoredDeed[] => ofTarget.all(messageId).map(toDeed),
  }
}

function prepareWrites(db: WritableDB) {
  const handMessage = db.prepare<[number]>(
    'UPDATE message SET handed_over = 1 WHERE id = ? AND handed_over = 0',
  )
  const handDeed = db.prepare<[number]>('UPDATE deed SET handed_over = 1 WHERE id = ?')
  const remove = db.prepare<[number]>('DELETE FROM deed WHERE id = ?')
  return {
    markHandedOver: (kind: 'message' | 'deed', id: number) =>
      void (kind === 'message' ? handMessage : handDeed).run(id),
    insertDeed: prepareInsert(db),
    setDeedState: inTransaction(db, prepareState(db)),
    deleteDeed: (deedId: number) => void remove.run(deedId),
  }
}

function prepareInsert(db: WritableDB): (deed: NewDeed) => void {
  const insert = db.prepare<[number, Jid, DeedKind, string, string, number, number | null]>(
    `INSERT INTO deed (account_id, counterpart, kind, payload, message_id, made_at, target_row, after_row, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ${LAST_ROW}, 'pending')`,
  )
  return ({ accountId, counterpart, deed, messageId, sentAt, target }) =>
    void insert.run(
      accountId,
      counterpart,
      deed.kind,
      JSON.stringify(deed.payload),
      messageId,
      sentAt,
      target ?? null,
    )
}

function prepareState(db: WritableDB) {
  const update = db.prepare<[StoredDeed['state'], string | null, string | null, number]>(
    'UPDATE deed SET state = ?, error_condition = ?, error_text = ? WHERE id = ?',
  )
  const toEnd = db.prepare<[number]>(`UPDATE deed SET after_row = ${LAST_ROW} WHERE id = ?`)
  const trim = db.prepare<{ id: number; most: number }>(
    `DELETE FROM deed WHERE id IN (
       SELECT id FROM deed WHERE account_id = (SELECT account_id FROM deed WHERE id = :id) AND state = 'sent'
       ORDER BY id DESC LIMIT -1 OFFSET :most)`,
  )
  return (id: number, state: StoredDeed['state'], error?: MessageError): void => {
    update.run(state, error?.condition ?? null, error?.text ?? null, id)
    if (state === 'pending') toEnd.run(id)
    if (state === 'sent') trim.run({ id, most: KEPT_SENT })
  }
}

function toDeed(row: DeedRow): StoredDeed {
  return {
    id: row.id,
    counterpart: row.counterpart,
    messageId: row.message_id,
    sentAt: row.made_at,
    deed: toPayload(row.kind, JSON.parse(row.payload)),
    ...(row.target_row === null ? {} : { target: row.target_row }),
    state: row.state,
    handedOver: row.handed_over === 1,
  }
}

/** JSON that only we write, by its kind. */
function toPayload(kind: DeedKind, payload: unknown): Deed {
  return { kind, payload } as Deed
}
