/**
 * Brings the search index up to the messages in small steps, each a transaction of its own of a few milliseconds. Rows
 * that no step has reached yet are found all the same: reading.ts reads them themselves.
 */
import { inTransaction, type WritableDB } from '../database.ts'
import { prepareWordIndex, type WordIndex } from './word-index.ts'

/** 2 to this many ids are a block. */
export const BLOCK_BITS = 10

const CHANGES_A_STEP = 50
const ROWS_A_STEP = 200
const SURVEYED_A_STEP = 8192
const MERGED_PAGES_A_STEP = 32

export const INDEXING_QUERIES = {
  changes: `SELECT c.message_id AS id, c.conversation_id AS conversationId, c.body, m.conversation_id AS nowIn, m.body AS now
    FROM search_change AS c LEFT JOIN message AS m ON m.id = c.message_id ORDER BY c.message_id LIMIT ${CHANGES_A_STEP}`,
  rows: `SELECT id, conversation_id AS conversationId, body FROM message WHERE id > ? ORDER BY id LIMIT ${ROWS_A_STEP}`,
  survey: `INSERT INTO search_block (block, newest, oldest)
    SELECT id >> ${BLOCK_BITS}, max(place), min(place) FROM message WHERE id > :after AND id <= :last GROUP BY 1
    ON CONFLICT DO UPDATE SET newest = max(newest, excluded.newest), oldest = min(oldest, excluded.oldest)`,
} as const

export interface Indexer {
  /** Does a little of what is to do; false when there was nothing to do. */
  step(): boolean
  progress(): IndexProgress
}

export interface IndexProgress {
  /** Ids, which are nearly numbers of messages. */
  readonly indexed: number
  readonly last: number
}

interface Change {
  readonly id: number
  readonly conversationId: number
  readonly body: string
  readonly nowIn: number | null
  readonly now: string | null
}

interface State {
  readonly surveyed: number
  readonly indexed: number
  readonly last: number
}

export function prepareIndexing(db: WritableDB): Indexer {
  const readState = db.prepare<[], State>(
    `SELECT surveyed, indexed, coalesce((SELECT max(id) FROM message), 0) AS last FROM search_state`,
  )
  const state = (): State => readState.get() ?? { surveyed: 0, indexed: 0, last: 0 }
  const index = prepareWordIndex(db)
  const drain = prepareDrain(db, index)
  const survey = prepareSurvey(db)
  const fill = prepareFill(db, index)
  const step = (): boolean => {
    const { surveyed, indexed, last } = state()
    return drain() || survey(surveyed, last) || fill(indexed, last) || index.merge(MERGED_PAGES_A_STEP)
  }
  return { step: inTransaction(db, step), progress: () => pick(state()) }
}

function pick({ indexed, last }: State): IndexProgress {
  return { indexed: Math.min(indexed, last), last }
}

/** Of messages that were changed or deleted: out with the old words, in with the new. */
function prepareDrain(db: WritableDB, index: WordIndex): () => boolean {
  const changes = db.prepare<[], Change>(INDEXING_QUERIES.changes)
  const done = db.prepare<[number]>('DELETE FROM search_change WHERE message_id = ?')
  return () => {
    const due = changes.all()
    for (const { id, conversationId, body, nowIn, now } of due) {
      index.remove(id, conversationId, body)
      if (nowIn !== null && now !== null) index.add(id, nowIn, now)
      done.run(id)
    }
    return due.length > 0
  }
}

function prepareSurvey(db: WritableDB): (surveyed: number, last: number) => boolean {
  const survey = db.prepare<{ after: number; last: number }>(INDEXING_QUERIES.survey)
  const advance = db.prepare<[number]>('UPDATE search_state SET surveyed = ?')
  return (surveyed, last) => {
    if (surveyed >= last) return false
    const end = Math.min(last, surveyed + SURVEYED_A_STEP)
    survey.run({ after: surveyed, last: end })
    advance.run(end)
    return true
  }
}

function prepareFill(db: WritableDB, index: WordIndex): (indexed: number, last: number) => boolean {
  const rows = db.prepare<[number], { id: number; conversationId: number; body: string }>(
    INDEXING_QUERIES.rows,
  )
  const advance = db.prepare<[number]>('UPDATE search_state SET indexed = ?')
  return (indexed, last) => {
    if (indexed >= last) return false
    const next = rows.all(indexed)
    for (const { id, conversationId, body } of next) index.add(id, conversationId, body)
    advance.run(next.at(-1)?.id ?? last)
    index.merge(MERGED_PAGES_A_STEP)
    return true
  }
}
