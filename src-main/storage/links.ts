/** Table `link_picture`: pictures of link cards that were loaded once. They can be had again, so nothing waits for the disk. */
import type { PictureKind } from '../model/picture.ts'
import { inTransaction, unsynced, type WritableDB } from './database.ts'
import type { LinksStorage, StoredPicture } from './links.types.ts'

const MAX_BYTES = 32 * 1024 * 1024

interface PictureRow {
  readonly type: PictureKind
  readonly width: number
  readonly height: number
  readonly bytes: Uint8Array
}

const TRIM = `
DELETE FROM link_picture WHERE url IN (
  SELECT url FROM (SELECT url, sum(length(bytes)) OVER (ORDER BY used_at DESC, url) AS together FROM link_picture)
  WHERE together > ?)`

export function prepareLinks(db: WritableDB, maxBytes = MAX_BYTES): LinksStorage {
  const find = db.prepare<[number, string], PictureRow>(
    'UPDATE link_picture SET used_at = ? WHERE url = ? RETURNING type, width, height, bytes',
  )
  const put = db.prepare<PictureRow & { url: string; now: number }>(
    `INSERT OR REPLACE INTO link_picture (url, type, width, height, bytes, used_at)
     VALUES (:url, :type, :width, :height, :bytes, :now)`,
  )
  const trim = db.prepare<[number]>(TRIM)
  const clear = db.prepare<[]>('DELETE FROM link_picture')
  const allow = db.prepare<[number, number]>('UPDATE conversation SET link_pictures = ? WHERE id = ?')
  function putLinkPicture(url: string, { type, width, height, bytes }: StoredPicture, now: number): void {
    put.run({ url, type, width, height, bytes, now })
    trim.run(maxBytes)
  }
  return {
    findLinkPicture: unsynced(db, (url: string, now: number) => find.get(now, url)),
    putLinkPicture: unsynced(db, inTransaction(db, putLinkPicture)),
    deleteLinkPictures: () => void clear.run(),
    setLinkPictures: (conversationId, always) => void allow.run(Number(always), conversationId),
  }
}
