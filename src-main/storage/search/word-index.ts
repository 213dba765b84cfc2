/** Table `message_words`, the full text index (FTS5, migration 0012). Its rowid is the message's id. */
import type { WritableDB } from '../database.ts'
import { toIndexText } from './query.ts'

export interface WordIndex {
  add(messageId: number, conversationId: number, body: string): void
  /** With exactly what was added. */
  remove(messageId: number, conversationId: number, body: string): void
  /** Merges parts of the index, about so many pages; false when there is nothing left to merge. */
  merge(pages: number): boolean
}

/** Inside a transaction of the caller's. */
export function prepareWordIndex(db: WritableDB): WordIndex {
  const add = db.prepare<[number, string]>('INSERT INTO message_words (rowid, words) VALUES (?, ?)')
  const remove = db.prepare<[number, string]>(
    `INSERT INTO message_words (message_words, rowid, words) VALUES ('delete', ?, ?)`,
  )
  const merge = db.prepare<[number]>(`INSERT INTO message_words (message_words, rank) VALUES ('merge', ?)`)
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck()
  return {
    add: (id, conversationId, body) => void add.run(id, toIndexText(conversationId, body)),
    remove: (id, conversationId, body) => void remove.run(id, toIndexText(conversationId, body)),
    merge(pages) {
      const before = changes.get() ?? 0
      merge.run(pages)
      // The statement itself counts as one.
      return (changes.get() ?? 0) - before > 1
    },
  }
}
