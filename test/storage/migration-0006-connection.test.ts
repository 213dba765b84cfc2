import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { WritableDB } from '../../src-main/storage/database.ts'
import { migrate, MIGRATIONS } from '../../src-main/storage/migrate.ts'

test('migration 0006: an account from before leaves the way to Linnet, and nonsense is refused', () => {
  const db = new Sqlite(':memory:') as unknown as WritableDB
  migrate(db, MIGRATIONS.slice(0, 5))
  db.exec(
    `INSERT INTO account (jid, enabled, host, port, security, resource, remember)
     VALUES ('romeo@montague.example', 1, NULL, NULL, 'automatic', 'Linnet.abc', 1)`,
  )
  migrate(db)
  expect(db.prepare('SELECT jid, transport, web_socket_url FROM account').get()).toStrictEqual({
    jid: 'romeo@montague.example',
    transport: 'automatic',
    web_socket_url: null,
  })
  expect(() => db.exec("UPDATE account SET transport = 'bosh'")).toThrow(/CHECK/)
})
