import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { WritableDB } from '../../src-main/storage/database.ts'
import { createStorage } from '../../src-main/storage/index.ts'
import { migrate, MIGRATIONS } from '../../src-main/storage/migrate.ts'

test('migration 0010: messages from before have no history; what was on its way may have arrived', () => {
  const db = new Sqlite(':memory:') as unknown as WritableDB
  db.pragma('foreign_keys = ON')
  migrate(db, MIGRATIONS.slice(0, 9))
  db.exec(`
    INSERT INTO account (jid, enabled, security, resource, remember) VALUES ('romeo@x.example', 1, 'automatic', 'r', 1);
    INSERT INTO conversation (account_id, counterpart, opened_at, active_at) VALUES (1, 'juliet@x.example', 0, 0);
    INSERT INTO message (account_id, conversation_id, direction, sender, body, sent_at, place, state, unread, message_id)
    VALUES (1, 1, 'out', 'romeo@x.example', 'sent', 1, 1000, 'sent', 0, 'a'),
           (1, 1, 'out', 'romeo@x.example', 'on its way', 2, 2000, 'pending', 0, 'b');`)
  migrate(db)
  const storage = createStorage(db)
  expect(storage.getReference(1)).toMatchObject({ messageId: 'a', handedOver: false })
  expect(storage.getReference(2)).toMatchObject({ messageId: 'b', handedOver: true })
  expect(storage.findMessage(1)).not.toHaveProperty('correctedAt')
  expect(storage.listVersions(1)).toEqual([])
  storage.retractMessage(1, 5)
  expect(storage.findMessage(1)).toMatchObject({ body: '', retractedAt: 5 })
})
