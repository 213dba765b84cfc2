/** Table `revision`: the versions of a corrected message. The message's row shows the latest and keeps its place and id. */
import type { Version } from '../model/actions.ts'
import type { LinkCard, LinkFields } from '../model/links.ts'
import type { Message } from '../model/message.ts'
import type { NewRevision } from './actions.types.ts'
import { inTransaction, type WritableDB } from './database.ts'
import { toLanguagesJson } from './languages.ts'
import { toLinkFields, toLinksJson, type LinkRow } from './link-rows.ts'
import { MESSAGE_COLUMNS, toMessage, type MessageRow } from './message-rows.ts'

/** Whoever corrects more often loses the versions between the first and the latest ones. */
export const MAX_REVISIONS = 100

/** A correction replaces what belongs to the words, cards of links too (§4). It counts more than the first version, whatever the clocks say. */
const SHOWN = `
SELECT body, languages, unstyled, links, CASE is_first WHEN 0 THEN written_at END AS corrected_at
FROM revision WHERE message_row = :id ORDER BY is_first, place DESC, id DESC LIMIT 1`

const SHOW = `
UPDATE message SET (body, languages, unstyled, links, corrected_at) = (${SHOWN})
WHERE id = :id AND retracted_at IS NULL AND EXISTS (SELECT 1 FROM revision WHERE message_row = :id)
RETURNING ${MESSAGE_COLUMNS}`

export const KEEP_FIRST = `
INSERT INTO revision (message_row, is_first, written_at, place, own_id, body, languages, unstyled, links)
SELECT id, 1, sent_at, place, NULL, body, languages, unstyled, links FROM message
WHERE id = :id AND stand_in = 0 AND retracted_at IS NULL AND NOT EXISTS (SELECT 1 FROM revision WHERE message_row = :id)`

/** Of a message that was taken back the id alone, for others may name it. */
const INSERT = `
INSERT INTO revision (message_row, is_first, written_at, place, own_id, body, languages, unstyled, links)
SELECT id, 0, :writtenAt, :place, :ownId, iif(retracted_at IS NULL, :body, ''), iif(retracted_at IS NULL, :languages, NULL),
  :unstyled, iif(retracted_at IS NULL, :links, NULL) FROM message WHERE id = :id`

const TRIM = `
DELETE FROM revision WHERE id IN (
  SELECT id FROM revision WHERE message_row = :id AND is_first = 0
  ORDER BY place DESC, id DESC LIMIT -1 OFFSET ${MAX_REVISIONS})`

interface RevisionParameters {
  readonly id: number
  readonly writtenAt: number
  readonly place: number
  readonly ownId: string | null
  readonly body: string
  readonly languages: string | null
  readonly unstyled: 0 | 1
  readonly links: string | null
}

interface VersionRow {
  readonly body: string
  readonly written_at: number
  readonly unstyled: 0 | 1
}

interface LinkedVersionRow extends VersionRow, LinkRow {}

/** Brings the row to its latest version. */
export function prepareShow(db: WritableDB): (messageId: number) => Message | undefined {
  const show = db.prepare<{ id: number }, MessageRow>(SHOW)
  return (id) => {
    const row = show.get({ id })
    return row && toMessage(row)
  }
}

export function prepareRevisions(db: WritableDB) {
  const show = prepareShow(db)
  const remove = db.prepare<[number, string]>(
    'DELETE FROM revision WHERE message_row = ? AND own_id = ? AND is_first = 0',
  )
  const versions = db.prepare<[number], VersionRow>(
    "SELECT body, written_at, unstyled FROM revision WHERE message_row = ? AND body <> '' ORDER BY is_first DESC, place, id",
  )
  const one = db.prepare<[number, string], LinkedVersionRow>(
    "SELECT body, written_at, unstyled, links FROM revision WHERE message_row = ? AND own_id = ? AND body <> ''",
  )
  return {
    insertRevision: inTransaction(db, prepareInsert(db, show)),
    deleteRevision: inTransaction(db, (messageId: number, ownId: string) =>
      remove.run(messageId, ownId).changes === 0 ? undefined : show(messageId),
    ),
    findRevision(messageId: number, ownId: string): (Version & LinkFields) | undefined {
      const row = one.get(messageId, ownId)
      return row && { ...toVersion(row), ...toLinkFields(row) }
    },
    listVersions: (messageId: number): readonly Version[] => versions.all(messageId).map(toVersion),
    rewriteMessage: inTransaction(db, prepareRewrite(db)),
  }
}

function prepareInsert(db: WritableDB, show: (messageId: number) => Message | undefined) {
  const settle = db.prepare<[number, number, number, string]>(
    'UPDATE revision SET written_at = ?, place = ? WHERE message_row = ? AND own_id = ?',
  )
  const same = db
    .prepare<RevisionParameters, number>(
      `SELECT id FROM revision WHERE message_row = :id AND is_first = 0
         AND (own_id = :ownId OR (own_id IS NULL AND :ownId IS NULL AND place = :place AND body = :body))`,
    )
    .pluck()
  const keepFirst = db.prepare<{ id: number }>(KEEP_FIRST)
  const insert = db.prepare<RevisionParameters>(INSERT)
  const trim = db.prepare<{ id: number }>(TRIM)

  return (id: number, revision: NewRevision): Message | undefined => {
    const parameters = toParameters(id, revision)
    if (same.get(parameters) !== undefined) {
      if (!revision.settled || parameters.ownId === null) return undefined
      settle.run(parameters.writtenAt, parameters.place, id, parameters.ownId)
      return show(id)
    }
    keepFirst.run({ id })
    insert.run(parameters)
    trim.run({ id })
    return show(id)
  }
}

function toParameters(id: number, revision: NewRevision): RevisionParameters {
  const { writtenAt, place, ownId, body, languages, unstyled, links } = revision
  return {
    id,
    writtenAt,
    place,
    ownId: ownId || null,
    body,
    languages: toLanguagesJson(languages),
    unstyled: unstyled === true ? 1 : 0,
    links: toLinksJson(links),
  }
}

function prepareRewrite(db: WritableDB) {
  const forget = db.prepare<[number]>('DELETE FROM revision WHERE message_row = ?')
  const cancel = db.prepare<[number]>("DELETE FROM deed WHERE target_row = ? AND kind = 'correction'")
  const write = db.prepare<{ id: number; body: string; links: string | null }, MessageRow>(
    `UPDATE message SET body = :body, links = :links, languages = NULL, corrected_at = NULL, state = 'pending', error_condition = NULL,
       error_text = NULL
     WHERE id = :id AND retracted_at IS NULL RETURNING ${MESSAGE_COLUMNS}`,
  )
  return (id: number, body: string, links?: readonly LinkCard[]): Message | undefined => {
    forget.run(id)
    cancel.run(id)
    const row = write.get({ id, body, links: toLinksJson(links) })
    return row && toMessage(row)
  }
}

function toVersion(row: VersionRow): Version {
  return { body: row.body, writtenAt: row.written_at, ...(row.unstyled === 1 ? { unstyled: true } : {}) }
}
