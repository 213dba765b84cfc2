/** A real SQLite database that lives in memory, with all migrations: what domain tests run on. */
import { createStorage } from '../../src-main/storage/index.ts'
import { openMemoryDatabase } from '../../src-main/storage/open.ts'
import type { Storage } from '../../src-main/storage/storage.ts'

export function createMemoryStorage(): Storage {
  return createStorage(openMemoryDatabase())
}
