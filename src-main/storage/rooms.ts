/** Table `room` and what is around it: how we stand in rooms, and what is theirs alone in table `message`. */
import type { BareJid, FullJid } from '../model/jid.ts'
import type { Message } from '../model/message.ts'
import type { RoomNotify, RoomTraits } from '../model/room.ts'
import { prepareConversationReads, prepareRefresh } from './conversations.ts'
import { inTransaction, type WritableDB } from './database.ts'
import { MESSAGE_COLUMNS, toMessage, type MessageRow } from './message-rows.ts'
import { prepareRoomArchives } from './room-archives.ts'
import type { Reflection, RoomChange, RoomsStorage, StoredRoom } from './rooms.types.ts'
import { StorageError } from './storage.ts'

export function prepareRooms(db: WritableDB): RoomsStorage {
  return {
    ...prepareRows(db),
    ...prepareRoomArchives(db),
    ...prepareIgnored(db),
    ...prepareMessages(db),
    ...preparePrivate(db),
  }
}

interface RoomRow {
  readonly conversation_id: number
  readonly account_id: number
  readonly counterpart: BareJid
  readonly nick: string
  readonly own_name: string
  readonly subject: string
  readonly subject_by: string | null
  readonly notify: RoomNotify
  readonly wanted: 0 | 1
  readonly autojoin: 0 | 1
  readonly bookmarked: 0 | 1
  readonly occupant_id: string | null
  readonly traits: string | null
}

const SELECT = `
SELECT r.*, c.account_id, c.counterpart FROM room AS r JOIN conversation AS c ON c.id = r.conversation_id`

export const ROOM_QUERIES = {
  byAddress: `${SELECT} WHERE c.account_id = ? AND c.counterpart = ?`,
  mentions: 'SELECT count(*) FROM message WHERE conversation_id = ? AND unread = 1 AND mention = 1',
  byOccupant: `
    SELECT ${MESSAGE_COLUMNS} FROM message WHERE conversation_id = ? AND author_id = ? AND message_id = ?
    ORDER BY id DESC LIMIT 1`,
  lastAuthor: `
    SELECT author_id FROM (
      SELECT author_id, direction, place, id FROM message WHERE conversation_id = ?
      ORDER BY place DESC, id DESC LIMIT 50)
    WHERE direction = 'in' ORDER BY place DESC, id DESC LIMIT 1`,
  byCorrection: `
    SELECT ${MESSAGE_COLUMNS} FROM message WHERE conversation_id = ? AND author_id = ?
      AND id IN (SELECT message_row FROM revision WHERE own_id = ?) LIMIT 1`,
} as const

type Rows = 'listRooms' | 'findRoom' | 'findRoomAt' | 'insertRoom' | 'setRoom' | 'countMentions'

function prepareRows(db: WritableDB): Pick<RoomsStorage, Rows> {
  const all = db.prepare<[], RoomRow>(`${SELECT} ORDER BY c.active_at DESC`)
  const one = db.prepare<[number], RoomRow>(`${SELECT} WHERE r.conversation_id = ?`)
  const at = db.prepare<[number, BareJid], RoomRow>(ROOM_QUERIES.byAddress)
  const insert = db.prepare<[number, string]>(
    'INSERT INTO room (conversation_id, nick) VALUES (?, ?) ON CONFLICT DO NOTHING',
  )
  const mark = db.prepare<[number]>("UPDATE conversation SET kind = 'room' WHERE id = ? AND kind <> 'room'")
  const mentions = db.prepare<[number], number>(ROOM_QUERIES.mentions).pluck()
  const find = (conversationId: number): StoredRoom | undefined => {
    const row = one.get(conversationId)
    return row && toRoom(row)
  }
  return {
    listRooms: () => all.all().map(toRoom),
    findRoom: find,
    findRoomAt(accountId, jid) {
      const row = at.get(accountId, jid)
      return row && toRoom(row)
    },
    insertRoom: inTransaction(db, (conversationId: number, nick: string) => {
      insert.run(conversationId, nick)
      mark.run(conversationId)
      const room = find(conversationId)
      if (room === undefined) throw new StorageError('other', 'the room was not written')
      return room
    }),
    setRoom: prepareChange(db),
    countMentions: (conversationId) => mentions.get(conversationId) ?? 0,
  }
}

const COLUMNS = {
  nick: 'nick',
  ownName: 'own_name',
  subject: 'subject',
  subjectBy: 'subject_by',
  notify: 'notify',
  wanted: 'wanted',
  autojoin: 'autojoin',
  bookmarked: 'bookmarked',
  occupantId: 'occupant_id',
  traits: 'traits',
} as const satisfies Record<keyof RoomChange, string>

function prepareChange(db: WritableDB): RoomsStorage['setRoom'] {
  const statements = new Map(
    Object.entries(COLUMNS).map(([name, column]) => [
      name,
      db.prepare<[string | number | null, number]>(`UPDATE room SET ${column} = ? WHERE conversation_id = ?`),
    ]),
  )
  return inTransaction(db, (conversationId: number, change: RoomChange) => {
    for (const [name, value] of Object.entries(change)) {
      statements.get(name)?.run(toColumn(value), conversationId)
    }
  })
}

function toColumn(value: RoomChange[keyof RoomChange]): string | number | null {
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  return value ?? null
}

function toRoom(row: RoomRow): StoredRoom {
  return {
    conversationId: row.conversation_id,
    accountId: row.account_id,
    jid: row.counterpart,
    nick: row.nick,
    ownName: row.own_name,
    subject: row.subject,
    ...(row.subject_by === null ? {} : { subjectBy: row.subject_by }),
    notify: row.notify,
    wanted: row.wanted === 1,
    autojoin: row.autojoin === 1,
    bookmarked: row.bookmarked === 1,
    ...(row.occupant_id === null ? {} : { occupantId: row.occupant_id }),
    ...(row.traits === null ? {} : { traits: JSON.parse(row.traits) as RoomTraits }),
  }
}

function prepareIgnored(db: WritableDB): Pick<RoomsStorage, 'setIgnored' | 'listIgnored'> {
  const add = db.prepare<[number, string]>(
    'INSERT INTO ignored_occupant (conversation_id, who) VALUES (?, ?) ON CONFLICT DO NOTHING',
  )
  const remove = db.prepare<[number, string]>(
    'DELETE FROM ignored_occupant WHERE conversation_id = ? AND who = ?',
  )
  const list = db
    .prepare<[number], string>('SELECT who FROM ignored_occupant WHERE conversation_id = ?')
    .pluck()
  return {
    setIgnored: (conversationId, who, ignored) => void (ignored ? add : remove).run(conversationId, who),
    listIgnored: (conversationId) => list.all(conversationId),
  }
}

type Messages = 'reflect' | 'setAuthor' | 'findTargetById' | 'setModerated'

function prepareMessages(db: WritableDB): Pick<RoomsStorage, Messages> {
  const author = db.prepare<[string, string | null, number]>(
    'UPDATE message SET author_nick = ?, author_id = ? WHERE id = ?',
  )
  const ways = [ROOM_QUERIES.byOccupant, ROOM_QUERIES.byCorrection].map((sql) =>
    db.prepare<[number, string, string], MessageRow>(sql),
  )
  const moderated = db.prepare<[string, number]>('UPDATE message SET moderated = ? WHERE id = ?')
  return {
    reflect: inTransaction(db, prepareReflect(db)),
    setAuthor: (messageId, { nick, occupantId }) => void author.run(nick, occupantId ?? null, messageId),
    findTargetById(conversationId, occupantId, id): Message | undefined {
      for (const way of ways) {
        const row = way.get(conversationId, occupantId, id)
        if (row !== undefined) return toMessage(row)
      }
      return undefined
    },
    setModerated: (messageId, by) => void moderated.run(JSON.stringify(by), messageId),
  }
}

function preparePrivate(db: WritableDB): Pick<RoomsStorage, 'renamePrivate' | 'lastAuthorId'> {
  const { findConversationWith } = prepareConversationReads(db)
  const rename = db.prepare<[FullJid, number, FullJid]>(
    "UPDATE OR IGNORE conversation SET counterpart = ? WHERE account_id = ? AND counterpart = ? AND kind = 'private'",
  )
  const author = db.prepare<[number], string | null>(ROOM_QUERIES.lastAuthor).pluck()
  return {
    renamePrivate: (accountId, from, to) =>
      rename.run(to, accountId, from).changes === 0 ? undefined : findConversationWith(accountId, to),
    lastAuthorId: (conversationId) => author.get(conversationId) ?? undefined,
  }
}

/** The room says in which order things were said: it goes behind what came meanwhile, unless nothing did. */
const REFLECT = `
UPDATE message SET state = 'sent', error_condition = NULL, error_text = NULL,
  stanza_id = coalesce(stanza_id, :stanzaId), author_nick = :nick, author_id = :occupantId,
  place = CASE WHEN archive_order IS NOT NULL OR place >= :last THEN place ELSE :last + 1 END
WHERE id = :id RETURNING ${MESSAGE_COLUMNS}`

interface ReflectParameters {
  readonly id: number
  readonly stanzaId: string | null
  readonly nick: string
  readonly occupantId: string | null
  readonly last: number
}

function prepareReflect(db: WritableDB): RoomsStorage['reflect'] {
  const refresh = prepareRefresh(db)
  const find = db
    .prepare<{ conversationId: number; id: string }, number>(
      `SELECT m.id FROM message AS m JOIN conversation AS c ON c.id = m.conversation_id
       WHERE m.account_id = c.account_id AND m.direction = 'out' AND m.message_id = :id AND c.id = :conversationId
       ORDER BY m.id DESC LIMIT 1`,
    )
    .pluck()
  const taken = db.prepare<[number, string, number]>(
    'SELECT 1 FROM message WHERE conversation_id = ? AND stanza_id = ? AND id <> ?',
  )
  // Own messages that wait stand behind all others: they are not what the room has said yet.
  const last = db
    .prepare<[number, number], number>(
      `SELECT place FROM message WHERE conversation_id = ? AND id <> ? AND state <> 'pending' AND state <> 'failed'
       ORDER BY place DESC, id DESC LIMIT 1`,
    )
    .pluck()
  const update = db.prepare<ReflectParameters, MessageRow>(REFLECT)

  return (conversationId, { ids, stanzaId, author }: Reflection) => {
    const id = ids.map((each) => find.get({ conversationId, id: each })).find((each) => each !== undefined)
    if (id === undefined) return undefined
    const isTaken = stanzaId !== undefined && taken.get(conversationId, stanzaId, id) !== undefined
    const row = update.get({
      id,
      stanzaId: isTaken ? null : (stanzaId ?? null),
      nick: author.nick,
      occupantId: author.occupantId ?? null,
      last: last.get(conversationId, id) ?? 0,
    })
    if (row === undefined) return undefined
    refresh(conversationId, 0)
    return toMessage(row)
  }
}
