/** Up to which place the user deleted a conversation's history for good: the archive does not bring that back. */
import type { WritableDB } from '../database.ts'

export function addCleared(db: WritableDB): void {
  db.exec('ALTER TABLE conversation ADD COLUMN cleared_place INTEGER;')
}
