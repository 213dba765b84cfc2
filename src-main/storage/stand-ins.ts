/** Rows for messages that are not here, of which a correction is: nobody's words get lost, and the message takes its row over. */
import type { Jid } from '../model/jid.ts'
import type { Message } from '../model/message.ts'
import { prepareRefresh } from './conversations.ts'
import { inTransaction, type WritableDB } from './database.ts'
import { toLanguagesJson } from './languages.ts'
import { toLinksJson } from './link-rows.ts'
import { MESSAGE_COLUMNS, toMessage, type MessageRow } from './message-rows.ts'
import { KEEP_FIRST, prepareShow } from './revisions.ts'
import type { NewMessage } from './storage.ts'

interface Filling {
  readonly id: number
  readonly sentAt: number
  readonly place: number
  readonly messageId: string | null
  readonly originId: string | null
  readonly stanzaId: string | null
  readonly thread: string | null
  readonly threadParent: string | null
}

const FILL = `
UPDATE message SET stand_in = 0, archive_order = NULL, sent_at = :sentAt, place = :place, message_id = coalesce(:messageId, message_id), origin_id = :originId,
  stanza_id = :stanzaId, thread = :thread, thread_parent = :threadParent
WHERE id = :id AND stand_in = 1 RETURNING ${MESSAGE_COLUMNS}`

const FIRST_VERSION = `
INSERT INTO revision (message_row, is_first, written_at, place, own_id, body, languages, unstyled, links)
SELECT id, 1, :writtenAt, :place, NULL, :body, :languages, :unstyled, :links FROM message WHERE id = :id AND retracted_at IS NULL`

interface FirstVersion {
  readonly id: number
  readonly writtenAt: number
  readonly place: number
  readonly body: string
  readonly languages: string | null
  readonly unstyled: 0 | 1
  readonly links: string | null
}

export function prepareStandIns(db: WritableDB) {
  const find = db
    .prepare<[number, Jid, string], number>(
      `SELECT id FROM message WHERE conversation_id = ? AND sender = ? AND message_id = ? AND stand_in = 1`,
    )
    .pluck()
  const rename = db.prepare<[string, number]>(
    'UPDATE message SET message_id = ? WHERE id = ? AND stand_in = 1',
  )
  return {
    findStandIn: (conversationId: number, sender: Jid, ids: readonly string[]): number | undefined =>
      [...new Set(ids)]
        .map((id) => find.get(conversationId, sender, id))
        .find((found) => found !== undefined),
    fillStandIn: inTransaction(db, prepareFill(db)),
    renameStandIn: (standInId: number, id: string) => void rename.run(id, standInId),
    absorbStandIn: inTransaction(db, prepareAbsorb(db)),
  }
}

function prepareFill(db: WritableDB): (standInId: number, message: NewMessage) => Message | undefined {
  const refresh = prepareRefresh(db)
  const fill = db.prepare<Filling, MessageRow>(FILL)
  const first = db.prepare<FirstVersion>(FIRST_VERSION)
  return (id, message) => {
    const place = message.place ?? message.sentAt * 1000
    const row = fill.get({
      id,
      sentAt: message.sentAt,
      place,
      messageId: message.messageId || null,
      originId: message.originId || null,
      stanzaId: message.stanzaId || null,
      thread: message.thread?.id ?? null,
      threadParent: message.thread?.parent ?? null,
    })
    if (row === undefined) return undefined
    first.run({
      id,
      writtenAt: message.sentAt,
      place,
      body: message.body,
      languages: toLanguagesJson(message.languages),
      unstyled: message.unstyled === true ? 1 : 0,
      links: toLinksJson(message.links),
    })
    refresh(message.conversationId, 0)
    return toMessage(row)
  }
}

function prepareAbsorb(db: WritableDB): (standInId: number, messageId: number) => void {
  const refresh = prepareRefresh(db)
  const show = prepareShow(db)
  const keepFirst = db.prepare<{ id: number }>(KEEP_FIRST)
  const move = ['revision', 'reaction'].map((table) =>
    db.prepare<[number, number]>(`UPDATE OR IGNORE ${table} SET message_row = ? WHERE message_row = ?`),
  )
  const blank = [
    "UPDATE revision SET body = '', languages = NULL, links = NULL WHERE message_row = ?",
    'DELETE FROM reaction WHERE message_row = ?',
  ].map((sql) =>
    db.prepare<[number]>(
      `${sql} AND EXISTS (SELECT 1 FROM message WHERE id = message_row AND retracted_at IS NOT NULL)`,
    ),
  )
  const remove = db.prepare<[number], { conversation_id: number; unread: number }>(
    'DELETE FROM message WHERE id = ? AND stand_in = 1 RETURNING conversation_id, unread',
  )
  return (standInId, messageId) => {
    keepFirst.run({ id: messageId })
    for (const statement of move) statement.run(messageId, standInId)
    const removed = remove.get(standInId)
    for (const statement of blank) statement.run(messageId)
    show(messageId)
    if (removed !== undefined) refresh(removed.conversation_id, -removed.unread)
  }
}
