/** Reading tables `message` and `single_message`: whether we have written to somebody. */
import type { BareJid } from '../model/jid.ts'
import type { ReadableDB } from './database.ts'

interface Parameters {
  readonly accountId: number
  readonly counterpart: BareJid
  readonly messageId: string
}

/** What has failed has reached nobody; of what waits, only what stands before this one. */
const counts = (table: string): string => `m.message_id <> :messageId AND m.state <> 'failed'
    AND (m.state <> 'pending' OR m.id < coalesce((
      SELECT own.id FROM ${table} AS own
      WHERE own.account_id = :accountId AND own.message_id = :messageId AND own.direction = 'out'), 0))`

export const WRITTEN_QUERIES = {
  chat: `
    SELECT 1 FROM conversation AS c JOIN message AS m ON m.conversation_id = c.id
    WHERE c.account_id = :accountId AND c.counterpart = :counterpart
      AND m.sender = (SELECT jid FROM account WHERE account.id = :accountId) AND ${counts('message')}
    LIMIT 1`,
  single: `
    SELECT 1 FROM single_message AS m
    WHERE m.account_id = :accountId AND m.counterpart = :counterpart AND m.direction = 'out'
      AND ${counts('single_message')}
    LIMIT 1`,
} as const

export function prepareWrittenTo(db: ReadableDB) {
  const chat = db.prepare<Parameters>(WRITTEN_QUERIES.chat)
  const single = db.prepare<Parameters>(WRITTEN_QUERIES.single)
  return {
    hasWrittenTo: (accountId: number, counterpart: BareJid, messageId: string): boolean =>
      [chat, single].some((query) => query.get({ accountId, counterpart, messageId }) !== undefined),
  }
}
