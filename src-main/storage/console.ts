/** The XML console: tables and statements. */
import type { ConsoleStorage } from './console.types.ts'
import type { WritableDB } from './database.ts'

export function prepareConsole(_db: WritableDB): ConsoleStorage {
  return {}
}
