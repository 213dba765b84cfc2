/**
 * The two kinds of connection that storage functions ask for, told apart by the compiler: what takes a ReadableDB only
 * reads, and could run on a read-only connection in a worker. open.ts makes them; nobody else casts.
 */
import type Sqlite from 'better-sqlite3'

declare const readable: unique symbol
declare const writable: unique symbol

export type ReadableDB = Sqlite.Database & { readonly [readable]: true }
export type WritableDB = ReadableDB & { readonly [writable]: true }

/** Wraps a function in a transaction; inside another one it becomes a savepoint. The write lock is taken at the start. */
export function inTransaction<A extends unknown[], R>(
  db: WritableDB,
  body: (...args: A) => R,
): (...args: A) => R {
  const transaction = db.transaction(body)
  return (...args) => transaction.immediate(...args)
}
