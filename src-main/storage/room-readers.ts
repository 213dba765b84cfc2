/** Table `room_reader`, what rooms are to be told of our own reading, and messages that are hidden. */
import type { BareJid } from '../model/jid.ts'
import type { RoomReader } from '../model/room-readers.ts'
import { prepareRefresh } from './conversations.ts'
import { inTransaction, type WritableDB } from './database.ts'
import type { RoomMarker, RoomMarkerDue, RoomReadersStorage } from './room-readers.types.ts'

/** More are in no room that is small. */
const MOST_READERS = 60
const MOST_HIDDEN = 1000

interface ReaderRow {
  readonly nick: string
  readonly jid: BareJid | null
  readonly messageId: number
  readonly at: number
}

export const READER_QUERIES = {
  list: `SELECT nick, jid, message_row AS messageId, at FROM room_reader WHERE conversation_id = ?
    ORDER BY at DESC, who LIMIT ${MOST_READERS}`,
  newestSeen: `SELECT id, place, stanza_id FROM message
    WHERE conversation_id = ? AND unread = 1 AND direction = 'in' AND stanza_id IS NOT NULL
    ORDER BY place DESC, id DESC LIMIT 1`,
  due: `SELECT d.conversation_id AS conversationId, d.message_id AS stanzaId
    FROM displayed_duty AS d JOIN conversation AS c ON c.id = d.conversation_id
    WHERE d.account_id = ? AND d.told = 0 AND c.kind = 'room'`,
  told: `UPDATE displayed_duty SET told = 1 WHERE conversation_id = :conversationId AND (place, row) <= (
    SELECT place, id FROM message WHERE conversation_id = :conversationId AND stanza_id = :stanzaId)`,
} as const

export function prepareRoomReaders(db: WritableDB): RoomReadersStorage {
  return { ...prepareReaders(db), ...prepareDuties(db), ...prepareHidden(db) }
}

function prepareReaders(db: WritableDB): Pick<RoomReadersStorage, 'setRoomReader' | 'listRoomReaders'> {
  // Markers only move forward.
  const put = db.prepare<Omit<RoomMarker, 'jid'> & { readonly jid: BareJid | null }>(
    `INSERT INTO room_reader (conversation_id, who, nick, jid, message_row, at)
     SELECT :conversationId, :who, :nick, :jid, m.id, :at FROM message AS m
     WHERE m.conversation_id = :conversationId AND m.stanza_id = :stanzaId
     ON CONFLICT DO UPDATE SET nick = excluded.nick, jid = excluded.jid, message_row = excluded.message_row,
       at = excluded.at
     WHERE (SELECT place FROM message WHERE id = excluded.message_row)
       > (SELECT place FROM message WHERE id = room_reader.message_row)`,
  )
  const trim = db.prepare<{ conversationId: number }>(
    `DELETE FROM room_reader WHERE conversation_id = :conversationId AND who NOT IN (
       SELECT who FROM room_reader WHERE conversation_id = :conversationId
       ORDER BY at DESC, who LIMIT ${MOST_READERS})`,
  )
  const list = db.prepare<[number], ReaderRow>(READER_QUERIES.list)
  return {
    setRoomReader: inTransaction(db, (marker: RoomMarker) => {
      const { changes } = put.run({ ...marker, jid: marker.jid ?? null })
      if (changes > 0) trim.run({ conversationId: marker.conversationId })
      return changes > 0
    }),
    listRoomReaders: (conversationId) =>
      list
        .all(conversationId)
        .map(({ jid, ...reader }): RoomReader => (jid === null ? reader : { ...reader, jid })),
  }
}

type Duties = 'oweRoomMarker' | 'listRoomMarkersDue' | 'setRoomMarkerTold'

/** In the table of all markers that are due: here by the id that the room gave. */
function prepareDuties(db: WritableDB): Pick<RoomReadersStorage, Duties> {
  const owe = db.prepare<{ conversationId: number }>(
    `INSERT INTO displayed_duty (conversation_id, account_id, place, row, message_id, told)
     SELECT c.id, c.account_id, seen.place, seen.id, seen.stanza_id, 0
     FROM (${READER_QUERIES.newestSeen.replace('?', ':conversationId')}) AS seen
       JOIN conversation AS c ON c.id = :conversationId
     WHERE true
     ON CONFLICT DO UPDATE SET place = excluded.place, row = excluded.row, message_id = excluded.message_id, told = 0
     WHERE (excluded.place, excluded.row) > (place, row)`,
  )
  const due = db.prepare<[number], RoomMarkerDue>(READER_QUERIES.due)
  const told = db.prepare<RoomMarkerDue>(READER_QUERIES.told)
  return {
    oweRoomMarker: (conversationId) => void owe.run({ conversationId }),
    listRoomMarkersDue: (accountId) => due.all(accountId),
    setRoomMarkerTold: (conversationId, stanzaId) => void told.run({ conversationId, stanzaId }),
  }
}

function prepareHidden(db: WritableDB): Pick<RoomReadersStorage, 'unhide' | 'trimHidden'> {
  const trim = db.prepare<[number]>(
    `DELETE FROM message WHERE id IN (
       SELECT id FROM message WHERE conversation_id = ? AND hidden = 1 ORDER BY place DESC LIMIT -1 OFFSET ${MOST_HIDDEN})`,
  )
  const refresh = prepareRefresh(db)
  const show = db
    .prepare<{ conversationId: number; occupantId: string | null; nick: string }, number>(
      `UPDATE message SET hidden = 0
       WHERE hidden = 1 AND author_id IS :occupantId AND (:occupantId IS NOT NULL OR author_nick = :nick)
         AND conversation_id IN (
           SELECT c.id FROM conversation AS c JOIN conversation AS room ON room.id = :conversationId
           WHERE c.id = room.id OR (c.account_id = room.account_id AND c.kind = 'private'
             AND c.counterpart >= room.counterpart || '/' AND c.counterpart < room.counterpart || '0'))
       RETURNING conversation_id`,
    )
    .pluck()
  return {
    trimHidden: (conversationId) => void trim.run(conversationId),
    unhide: inTransaction(
      db,
      (
        conversationId: number,
        { occupantId, nick }: { readonly occupantId?: string; readonly nick: string },
      ) => {
        const touched = [...new Set(show.all({ conversationId, occupantId: occupantId ?? null, nick }))]
        for (const id of touched) refresh(id, 0)
        return touched
      },
    ),
  }
}
