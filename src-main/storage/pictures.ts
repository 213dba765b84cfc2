/** Table `avatar`: what could be asked for again, bounded, so that a list is drawn with faces before the network is up. */
import type { PictureKind } from '../model/picture.ts'
import { inTransaction, type WritableDB } from './database.ts'
import type { PicturesStorage } from './pictures.types.ts'

export const MAX_PICTURES = 2000
const MAX_BYTES = 64 * 1024 * 1024
/** Looking at one is not worth a write each time. */
const DAY_MS = 86_400_000

interface PictureRow {
  readonly type: PictureKind
  readonly bytes: Uint8Array
  readonly used_at: number
}

/** The sum up to a row, the last used first, decides what goes. */
const TRIM = `
DELETE FROM avatar WHERE hash IN (
  SELECT hash FROM (
    SELECT hash, sum(size) OVER latest AS total, row_number() OVER latest AS place FROM avatar
    WINDOW latest AS (ORDER BY used_at DESC, hash ROWS UNBOUNDED PRECEDING))
  WHERE total > :bytes OR place > :count)`

export function preparePictures(db: WritableDB): PicturesStorage {
  const find = db.prepare<[string], PictureRow>('SELECT type, bytes, used_at FROM avatar WHERE hash = ?')
  const use = db.prepare<[number, string]>('UPDATE avatar SET used_at = ? WHERE hash = ?')
  const put = db.prepare<[string, PictureKind, Uint8Array, number, number]>(
    'INSERT OR REPLACE INTO avatar (hash, type, bytes, size, used_at) VALUES (?, ?, ?, ?, ?)',
  )
  const kept = db.prepare<[], { count: number; bytes: number }>(
    'SELECT count(*) AS count, sum(size) AS bytes FROM avatar INDEXED BY avatar_used',
  )
  const trim = db.prepare<{ bytes: number; count: number }>(TRIM)
  return {
    findPicture(hash, now) {
      const row = find.get(hash)
      if (row === undefined) return undefined
      if (row.used_at < now - DAY_MS) use.run(now, hash)
      return { type: row.type, bytes: new Uint8Array(row.bytes) }
    },
    putPicture: inTransaction(db, (hash: string, { type, bytes }, now: number) => {
      put.run(hash, type, Buffer.from(bytes), bytes.length, now)
      const { count = 0, bytes: size = 0 } = kept.get() ?? {}
      if (count > MAX_PICTURES || size > MAX_BYTES) trim.run({ bytes: MAX_BYTES, count: MAX_PICTURES })
    }),
  }
}
