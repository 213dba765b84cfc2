/** Pictures of rooms and people, kept by their hash. */
import type { WritableDB } from '../database.ts'

export function addAvatars(db: WritableDB): void {
  db.exec(PICTURES)
}

/** `size`: of `bytes`, so that a sum does not read them. `used_at`: epoch milliseconds. */
const PICTURES = `
CREATE TABLE avatar (
  hash TEXT PRIMARY KEY,
  type TEXT NOT NULL CHECK (type IN ('image/png', 'image/jpeg', 'image/gif', 'image/webp')),
  size INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX avatar_used ON avatar (used_at DESC, hash, size);`
