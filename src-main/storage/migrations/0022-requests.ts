/** A conversation that a stranger began waits until the user takes it. Those that are there were taken long ago. */
import type { WritableDB } from '../database.ts'

export function addRequests(db: WritableDB): void {
  db.exec('ALTER TABLE conversation ADD COLUMN request INTEGER NOT NULL DEFAULT 0 CHECK (request IN (0, 1));')
}
