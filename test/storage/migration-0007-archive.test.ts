import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { WritableDB } from '../../src-main/storage/database.ts'
import { createStorage } from '../../src-main/storage/index.ts'
import { migrate, MIGRATIONS } from '../../src-main/storage/migrate.ts'

test('messages of 0.2 keep their order', () => {
  const db = new Sqlite(':memory:') as WritableDB
  migrate(db, MIGRATIONS.slice(0, 6))
  const insert = `INSERT INTO message (account_id, conversation_id, direction, sender, body, sent_at, state, unread)`
  db.exec(`
    INSERT INTO account (jid, enabled, security, resource, remember) VALUES ('a@b', 1, 'automatic', 'r', 1);
    INSERT INTO conversation (account_id, counterpart, opened_at, active_at) VALUES (1, 'c@d', 0, 0);
    ${insert} VALUES (1, 1, 'in', 'c@d', 'second', 1700000000001, 'received', 0);
    ${insert} VALUES (1, 1, 'in', 'c@d', 'first', 1700000000000, 'received', 0);
    ${insert} VALUES (1, 1, 'in', 'c@d', 'third', 1700000000001, 'received', 1);`)
  migrate(db)
  const { messages } = createStorage(db).pageMessages({ conversationId: 1, limit: 9 })
  expect(messages.map(({ body, place }) => [body, place])).toStrictEqual([
    ['first', 1_700_000_000_000_000],
    ['second', 1_700_000_000_001_000],
    ['third', 1_700_000_000_001_000],
  ])
})
