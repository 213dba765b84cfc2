/** Messages that are to be sent later: table `scheduled_message`. */
import type { LinkCard } from '../model/links.ts'
import type { ScheduledMessage } from '../model/schedule.ts'
import type { WritableDB } from './database.ts'
import type { NewScheduled, ScheduleStorage } from './schedule.types.ts'
import { StorageError } from './storage.ts'

const COLUMNS = 'id, account_id, conversation_id, body, due_at, spoiler, link, reply_to'

interface ScheduledRow {
  readonly id: number
  readonly account_id: number
  readonly conversation_id: number
  readonly body: string
  readonly due_at: number
  readonly spoiler: string | null
  readonly link: string | null
  readonly reply_to: number | null
}

interface InsertParameters {
  readonly accountId: number
  readonly conversationId: number
  readonly body: string
  readonly dueAt: number
  readonly spoiler: string | null
  readonly link: string | null
  readonly replyTo: number | null
}

export function prepareSchedule(db: WritableDB): ScheduleStorage {
  const list = db.prepare<[], ScheduledRow>(`SELECT ${COLUMNS} FROM scheduled_message ORDER BY due_at, id`)
  const insert = db.prepare<InsertParameters, ScheduledRow>(
    `INSERT INTO scheduled_message (account_id, conversation_id, body, due_at, spoiler, link, reply_to)
     VALUES (:accountId, :conversationId, :body, :dueAt, :spoiler, :link, :replyTo) RETURNING ${COLUMNS}`,
  )
  const change = db.prepare<{ id: number; body: string; dueAt: number }, ScheduledRow>(
    `UPDATE scheduled_message SET body = :body, due_at = :dueAt WHERE id = :id RETURNING ${COLUMNS}`,
  )
  const take = db.prepare<[number], ScheduledRow>(
    `DELETE FROM scheduled_message WHERE id = ? RETURNING ${COLUMNS}`,
  )
  return {
    listScheduled: () => list.all().map(toScheduled),
    insertScheduled(message) {
      const stored = insert.get(toParameters(message))
      if (stored === undefined) throw new StorageError('other', 'the message was not written')
      return toScheduled(stored)
    },
    changeScheduled: (id, { body, dueAt }) => toScheduledOrNone(change.get({ id, body, dueAt })),
    takeScheduled: (id) => toScheduledOrNone(take.get(id)),
  }
}

function toParameters({ spoiler, link, replyTo, ...message }: NewScheduled): InsertParameters {
  return {
    ...message,
    spoiler: spoiler ?? null,
    link: link === undefined ? null : JSON.stringify(link),
    replyTo: replyTo ?? null,
  }
}

function toScheduledOrNone(row: ScheduledRow | undefined): ScheduledMessage | undefined {
  return row && toScheduled(row)
}

function toScheduled(row: ScheduledRow): ScheduledMessage {
  return {
    id: row.id,
    accountId: row.account_id,
    conversationId: row.conversation_id,
    body: row.body,
    dueAt: row.due_at,
    ...(row.spoiler === null ? {} : { spoiler: row.spoiler }),
    ...(row.link === null ? {} : { link: JSON.parse(row.link) as LinkCard }),
    ...(row.reply_to === null ? {} : { replyTo: row.reply_to }),
  }
}
