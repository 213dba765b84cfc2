/** A copy of the whole database as it is at one moment, through SQLite's backup, while others go on reading and writing. */
import { chmodSync, closeSync, openSync, rmSync } from 'node:fs'
import { openForReading } from './open.ts'

const PAGES_A_STEP = 500

/** `target` is replaced; readable by its owner alone. `onProgress`: 0 to 1. Throws what SQLite throws. */
export async function copyDatabase(
  source: string,
  target: string,
  onProgress: (done: number) => void,
): Promise<void> {
  rmSync(target, { force: true })
  closeSync(openSync(target, 'wx', 0o600))
  const db = openForReading(source)
  try {
    // Inside a transaction that reads, the copy does not begin anew when somebody writes.
    db.exec('BEGIN')
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
    await db.backup(target, {
      progress: ({ totalPages, remainingPages }) => {
        if (totalPages > 0) onProgress(1 - remainingPages / totalPages)
        return PAGES_A_STEP
      },
    })
    chmodSync(target, 0o600)
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK')
    db.close()
  }
}
