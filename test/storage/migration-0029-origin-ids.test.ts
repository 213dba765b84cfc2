import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { preparingOnce, type WritableDB } from '../../src-main/storage/database.ts'
import { createStorage } from '../../src-main/storage/index.ts'
import { migrate, MIGRATIONS } from '../../src-main/storage/migrate.ts'
import { JULIET, received } from './samples.ts'

test('messages from before are known again by their origin ids', () => {
  const db = preparingOnce(new Sqlite(':memory:')) as WritableDB
  migrate(db, MIGRATIONS.slice(0, 28))
  const insert = `INSERT INTO message (account_id, conversation_id, direction, sender, body, sent_at, place, state, unread,
    message_id, origin_id) VALUES (1, 1, 'in', 'juliet@capulet.example', 'said', 1000, 1000000, 'received', 0, `
  db.exec(`
    INSERT INTO account (jid, enabled, security, resource, remember)
      VALUES ('romeo@montague.example', 1, 'automatic', 'r', 1);
    INSERT INTO conversation (account_id, counterpart, opened_at, active_at) VALUES (1, 'juliet@capulet.example', 0, 0);
    ${insert} 'same', 'same'); ${insert} 'one', 'other'); ${insert} NULL, 'alone'); ${insert} 'attribute', NULL);`)
  const rows = db.prepare('SELECT * FROM message').all()
  migrate(db)
  expect(db.prepare('SELECT * FROM message').all()).toEqual(rows)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')

  const storage = createStorage(db)
  const conversation = storage.insertConversation(1, JULIET, 0)
  const isNew = (originId: string): boolean =>
    storage.insertMessage(received(conversation, { originId, messageId: 'x', body: originId })) !== undefined
  expect(['same', 'other', 'alone', 'attribute', 'one'].map(isNew)).toEqual([false, false, false, true, true])
})
