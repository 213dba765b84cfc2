/** Table `room_archive`: how much of the archive of each room is here. */
import type { KnownArchive, KnownEnd } from './archive.types.ts'
import { inTransaction, type WritableDB } from './database.ts'
import type { RoomsStorage } from './rooms.types.ts'

interface Row {
  readonly first_order: number
  readonly last_order: number
  readonly first_id: string | null
  readonly last_id: string | null
  readonly first_ms: number | null
  readonly last_ms: number | null
  readonly from_start: 0 | 1
}

type Archives =
  | ('findRoomArchive' | 'putRoomArchive' | 'forgetRoomArchive')
  | ('beginRoomAbsence' | 'endRoomAbsence' | 'checkpointRoom')

export function prepareRoomArchives(db: WritableDB): Pick<RoomsStorage, Archives> {
  const one = db.prepare<[number], Row>('SELECT * FROM room_archive WHERE conversation_id = ?')
  const put = db.prepare(`
    INSERT INTO room_archive
      (conversation_id, first_order, last_order, first_id, last_id, first_ms, last_ms, from_start)
    VALUES (:id, :firstOrder, :lastOrder, :firstId, :lastId, :firstMs, :lastMs, :fromStart)
    ON CONFLICT DO UPDATE SET first_order = :firstOrder, last_order = :lastOrder, first_id = :firstId,
      last_id = :lastId, first_ms = :firstMs, last_ms = :lastMs, from_start = :fromStart`)
  const forget = db.prepare<[number]>('DELETE FROM room_archive WHERE conversation_id = ?')
  const begin = db.prepare<[number]>(`
    UPDATE room_archive SET gap_after = coalesce(gap_after, (SELECT max(id) FROM message), 0)
    WHERE conversation_id = ?`)
  const end = db.prepare<[number]>('UPDATE room_archive SET gap_after = NULL WHERE conversation_id = ?')
  return {
    findRoomArchive(conversationId): KnownArchive | undefined {
      const row = one.get(conversationId)
      return (
        row && {
          first: toEnd(row.first_order, row.first_id, row.first_ms),
          last: toEnd(row.last_order, row.last_id, row.last_ms),
          fromStart: row.from_start === 1,
        }
      )
    },
    putRoomArchive: (id, { first, last, fromStart }) =>
      void put.run({
        id,
        firstOrder: first.order,
        lastOrder: last.order,
        firstId: first.id ?? null,
        lastId: last.id ?? null,
        firstMs: first.stampMs ?? null,
        lastMs: last.stampMs ?? null,
        fromStart: Number(fromStart),
      }),
    forgetRoomArchive: (conversationId) => void forget.run(conversationId),
    beginRoomAbsence: (conversationId) => void begin.run(conversationId),
    endRoomAbsence: (conversationId) => void end.run(conversationId),
    checkpointRoom: prepareCheckpoint(db),
  }
}

/** A few newest ones may be our own, on their way. */
export const NEWEST_NAMED = `
SELECT id, stanza_id, sent_at FROM (
  SELECT id, stanza_id, sent_at, archive_order, place FROM message WHERE conversation_id = ?
  ORDER BY place DESC, id DESC LIMIT 50)
WHERE stanza_id IS NOT NULL AND archive_order IS NULL ORDER BY place DESC, id DESC LIMIT 1`

interface Named {
  readonly id: number
  readonly stanza_id: string
  readonly sent_at: number
}

function prepareCheckpoint(db: WritableDB): RoomsStorage['checkpointRoom'] {
  const newest = db.prepare<[number], Named>(NEWEST_NAMED)
  const advance = db
    .prepare<{ conversationId: number; id: string; at: number }, number>(
      `UPDATE room_archive SET last_order = last_order + 1, last_id = :id, last_ms = :at
       WHERE conversation_id = :conversationId AND gap_after IS NULL AND last_id IS NOT NULL RETURNING last_order`,
    )
    .pluck()
  const number = db.prepare<[number, number]>('UPDATE message SET archive_order = ? WHERE id = ?')
  return inTransaction(db, (conversationId: number) => {
    const row = newest.get(conversationId)
    if (row === undefined) return
    const order = advance.get({ conversationId, id: row.stanza_id, at: row.sent_at })
    if (order !== undefined) number.run(order, row.id)
  })
}

function toEnd(order: number, id: string | null, stampMs: number | null): KnownEnd {
  return { order, ...(id === null ? {} : { id }), ...(stampMs === null ? {} : { stampMs }) }
}
