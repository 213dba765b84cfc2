import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { WritableDB } from '../../src-main/storage/database.ts'
import { migrate, MIGRATIONS } from '../../src-main/storage/migrate.ts'
import { createStorage } from '../../src-main/storage/index.ts'

test('migration 0011: a message from before answers nothing, hides nothing and is not pinned', () => {
  const db = new Sqlite(':memory:') as unknown as WritableDB
  migrate(db, MIGRATIONS.slice(0, 10))
  db.exec(`
    INSERT INTO account (jid, enabled, security, resource, remember)
      VALUES ('romeo@montague.example', 1, 'automatic', 'Linnet.abc', 1);
    INSERT INTO conversation (account_id, counterpart, opened_at, active_at)
      VALUES (1, 'juliet@capulet.example', 0, 0);
    INSERT INTO message (account_id, conversation_id, direction, sender, body, sent_at, state, unread)
      VALUES (1, 1, 'in', 'juliet@capulet.example', 'old', 1000, 'received', 0);`)
  migrate(db)
  const [message] = createStorage(db).pageMessages({ conversationId: 1, limit: 9 }).messages
  expect(message).toMatchObject({ body: 'old', sentAt: 1000 })
  for (const field of ['reply', 'spoiler', 'pinnedAt']) expect(message).not.toHaveProperty(field)
})
