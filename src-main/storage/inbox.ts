/** Single messages (RFC 6121 type normal) and notices: headlines and errors that answer nothing: tables and statements. */
import type { InboxStorage } from './inbox.types.ts'
import type { WritableDB } from './database.ts'

export function prepareInbox(_db: WritableDB): InboxStorage {
  return {}
}
