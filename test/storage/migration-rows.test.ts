/**
 * Nothing is lost on the way: a database of any version with a row in every table, each column with a value, keeps them all
 * when it becomes the next one. Rows are made from what the tables say of themselves, so that a new table or column is in it.
 */
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { WritableDB } from '../../src-main/storage/database.ts'
import { createStorage } from '../../src-main/storage/index.ts'
import { migrate, MIGRATIONS } from '../../src-main/storage/migrate.ts'

interface Column {
  readonly name: string
  readonly type: string
}
type Rows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>

// The words of the full text search are made anew from the messages; they are SQLite's own tables.
const TABLES = `SELECT name, sql FROM sqlite_master WHERE type = 'table'
  AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'message_words%' ORDER BY rowid`

function tablesOf(db: WritableDB): readonly { readonly name: string; readonly sql: string }[] {
  return db.prepare<[], { name: string; sql: string }>(TABLES).all()
}

function columnsOf(db: WritableDB, table: string): readonly Column[] {
  return db.prepare<[string], Column>('SELECT name, type FROM pragma_table_info(?)').all(table)
}

/** Something that the column takes; references all point to the one row that there is, with the id 1. */
function valueFor({ name, type }: Column, sql: string): unknown {
  const allowed = new RegExp(`CHECK \\(${name} IN \\((?:0, )?'?([\\w/-]+)'?`).exec(sql)?.[1]
  if (type === 'INTEGER') return Number(allowed ?? 1)
  if (type === 'BLOB') return Buffer.from([1, 2, 3])
  return allowed ?? 'some text 中文'
}

/** A row for each table that has none, and a value for each column that has just been added. */
function fill(db: WritableDB, known: ReadonlySet<string>): void {
  for (const { name: table, sql } of tablesOf(db)) {
    const columns = columnsOf(db, table)
    const values = columns.map((column) => valueFor(column, sql))
    const isEmpty = db.prepare(`SELECT 1 FROM ${table}`).get() === undefined
    if (isEmpty) {
      db.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`).run(...values)
      continue
    }
    columns.forEach(({ name }, index) => {
      if (!known.has(`${table}.${name}`)) db.prepare(`UPDATE ${table} SET ${name} = ?`).run(values[index])
    })
  }
}

function read(db: WritableDB): Rows {
  const entries = tablesOf(db).map(({ name }) => [name, db.prepare(`SELECT * FROM ${name}`).all()] as const)
  return Object.fromEntries(entries) as Rows
}

test('every value of every table is there after each step, and the whole opens', () => {
  const db = new Sqlite(':memory:') as unknown as WritableDB
  db.pragma('foreign_keys = ON')
  let before: Rows = {}
  MIGRATIONS.forEach((_, index) => {
    migrate(db, MIGRATIONS.slice(0, index + 1))
    const after = read(db)
    for (const [table, rows] of Object.entries(before)) {
      expect(after[table], `${table} at ${index + 1}`).toMatchObject(rows)
    }
    const known = Object.entries(before).flatMap(([table, [row = {}]]) =>
      Object.keys(row).map((column) => `${table}.${column}`),
    )
    fill(db, new Set(known))
    before = read(db)
  })
  expect(Object.entries(before).filter(([, rows]) => rows.length !== 1)).toEqual([])
  expect(db.pragma('foreign_key_check')).toEqual([])
  expect(createStorage(db).listAccounts()).toHaveLength(1)
})

test('migration 0023: an account from before has no proxy and trusts no certificate', () => {
  const db = new Sqlite(':memory:') as unknown as WritableDB
  migrate(db, MIGRATIONS.slice(0, 22))
  db.exec(
    `INSERT INTO account (jid, enabled, host, port, security, resource, remember, label, color, position)
       VALUES ('romeo@montague.example', 1, 'xmpp.example', 5223, 'direct-tls', 'Linnet.abc', 1, 'Work', 'green', 2)`,
  )
  migrate(db)
  const [account] = createStorage(db).listAccounts()
  expect(account).toMatchObject({
    ...{ jid: 'romeo@montague.example', host: 'xmpp.example', port: 5223, security: 'direct-tls' },
    ...{ label: 'Work', color: 'green' },
  })
  expect(account).not.toHaveProperty('proxy')
  expect(account).not.toHaveProperty('trustedCertificate')
  expect(() => db.exec(`UPDATE account SET proxy_kind = 'ftp'`)).toThrow(/CHECK/)
})
