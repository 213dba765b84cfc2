import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { WritableDB } from '../../src-main/storage/database.ts'
import { migrate, MIGRATIONS } from '../../src-main/storage/migrate.ts'

test('migration 0022: no conversation from before waits to be taken', () => {
  const db = new Sqlite(':memory:') as unknown as WritableDB
  migrate(db, MIGRATIONS.slice(0, 21))
  db.exec(
    `INSERT INTO account (jid, enabled, security, resource, remember)
       VALUES ('romeo@montague.example', 1, 'automatic', 'Linnet.abc', 1);
     INSERT INTO conversation (account_id, counterpart, opened_at, active_at) VALUES (1, 'paris@verona.example', 1, 1)`,
  )
  migrate(db)
  expect(db.prepare('SELECT counterpart, request FROM conversation').all()).toStrictEqual([
    { counterpart: 'paris@verona.example', request: 0 },
  ])
  expect(() => db.exec('UPDATE conversation SET request = 2')).toThrow(/CHECK/)
})
