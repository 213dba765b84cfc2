/**
 * The two kinds of connection that storage functions ask for, told apart by the compiler: what takes a ReadableDB only
 * reads, and could run on a read-only connection in a worker. open.ts makes them; nobody else casts.
 */
import type Sqlite from 'better-sqlite3'

declare const readable: unique symbol
declare const writable: unique symbol

export type ReadableDB = Sqlite.Database & { readonly [readable]: true }
export type WritableDB = ReadableDB & { readonly [writable]: true }

/**
 * Statements of this connection are prepared once. SQLite would else prepare one anew each time it is given its parameters,
 * where it may compare them with the conditions of partial indexes (many joins, any ORDER BY): ten times as long as what it
 * is asked for. Under a plus it does not look at the parameter; the plan is the same.
 */
export function preparingOnce<D extends Sqlite.Database>(db: D): D {
  const prepare = db.prepare.bind(db) as (sql: string) => Sqlite.Statement
  db.prepare = ((sql: string) => prepare(sql.replace(BARE_PARAMETER, '= +$1'))) as D['prepare']
  return db
}

const BARE_PARAMETER = /(?<![<>!=])= ?(\?|:\w+)/g

/** Wraps a function in a transaction; inside another one it becomes a savepoint. The write lock is taken at the start. */
export function inTransaction<A extends unknown[], R>(
  db: WritableDB,
  body: (...args: A) => R,
): (...args: A) => R {
  const transaction = db.transaction(body)
  return (...args) => transaction.immediate(...args)
}

/**
 * The same, but inside another transaction just a part of it: what fails in it must make that one fail. A savepoint would
 * copy each page that is changed, message by message.
 */
export function joiningTransaction<A extends unknown[], R>(
  db: WritableDB,
  body: (...args: A) => R,
): (...args: A) => R {
  const alone = inTransaction(db, body)
  return (...args) => (db.inTransaction ? body(...args) : alone(...args))
}

/**
 * Not waiting for the disk: a loss of power may undo it, whole, but never leaves half of it. Later commits wait as ever
 * (open.ts), and for this as well.
 */
export function unsynced<A extends unknown[], R>(db: WritableDB, body: (...args: A) => R): (...args: A) => R {
  const usual = Number(db.pragma('synchronous', { simple: true }))
  return (...args) => {
    // Inside a transaction the wish has no effect; that one's commit decides.
    if (db.inTransaction) return body(...args)
    // Not db.pragma, which takes as long as the commit: this is done for each acknowledgement.
    db.exec('PRAGMA synchronous = NORMAL')
    try {
      return body(...args)
    } finally {
      db.exec(`PRAGMA synchronous = ${usual}`)
    }
  }
}
