/**
 * Services: what stands behind the hashes of entity capabilities (XEP-0115), for all accounts alike: the hash proves it,
 * whoever told it.
 */
import type { WritableDB } from '../database.ts'

export function addServices(db: WritableDB): void {
  db.exec(CAPABILITIES)
}

// info: JSON of model/services.ts Capability. used_at: epoch milliseconds, so that the one longest unused goes first.
const CAPABILITIES = `
CREATE TABLE capability (
  hash TEXT NOT NULL,
  ver TEXT NOT NULL,
  info TEXT NOT NULL,
  used_at INTEGER NOT NULL,
  PRIMARY KEY (hash, ver)
) STRICT, WITHOUT ROWID;
CREATE INDEX capability_by_use ON capability (used_at);`
