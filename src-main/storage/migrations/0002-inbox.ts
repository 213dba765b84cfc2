/** Single messages (RFC 6121 type normal) and notices: headlines and errors that answer nothing. */
import type { WritableDB } from '../database.ts'

export function addInbox(_db: WritableDB): void {}
