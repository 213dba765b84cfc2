import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { WritableDB } from '../../src-main/storage/database.ts'
import { migrate, MIGRATIONS } from '../../src-main/storage/migrate.ts'

test('migration 0020: accounts from before keep their order and get a colour each', () => {
  const db = new Sqlite(':memory:') as unknown as WritableDB
  migrate(db, MIGRATIONS.slice(0, 19))
  for (const jid of ['romeo@montague.example', 'romeo@work.example']) {
    db.exec(
      `INSERT INTO account (jid, enabled, security, resource, remember) VALUES ('${jid}', 1, 'automatic', 'Linnet.abc', 1)`,
    )
  }
  migrate(db)
  expect(
    db.prepare('SELECT jid, label, color, position, retired, own_show FROM account').all(),
  ).toStrictEqual([
    { jid: 'romeo@montague.example', label: '', color: 'blue', position: 0, retired: 0, own_show: null },
    { jid: 'romeo@work.example', label: '', color: 'orange', position: 1, retired: 0, own_show: null },
  ])
})
