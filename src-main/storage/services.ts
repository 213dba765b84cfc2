/** Services: discovery, forms, commands, capabilities: tables and statements. */
import type { ServicesStorage } from './services.types.ts'
import type { WritableDB } from './database.ts'

export function prepareServices(_db: WritableDB): ServicesStorage {
  return {}
}
