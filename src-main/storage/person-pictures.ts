/** Table `person_picture`: which picture a contact, or an own account, says that it shows. The pictures: pictures.ts. */
import type { BareJid } from '../model/jid.ts'
import type { WritableDB } from './database.ts'
import type { PersonPicturesStorage, SaidPicture } from './person-pictures.types.ts'

interface SaidRow {
  readonly published: string | null
  readonly in_vcard: string | null
}

interface ShownRow {
  readonly account_id: number
  readonly jid: BareJid
  readonly hash: string
}

const IS_OURS = `(EXISTS (SELECT 1 FROM roster_item WHERE roster_item.account_id = :accountId AND roster_item.jid = :jid)
  OR EXISTS (SELECT 1 FROM account WHERE account.id = :accountId AND account.jid = :jid))`

const SHOWN = `
SELECT p.account_id, p.jid, coalesce(nullif(p.published, ''), p.in_vcard) AS hash FROM person_picture AS p
WHERE coalesce(nullif(p.published, ''), p.in_vcard, '') <> ''
  AND (EXISTS (SELECT 1 FROM roster_item AS i WHERE i.account_id = p.account_id AND i.jid = p.jid)
    OR EXISTS (SELECT 1 FROM account AS a WHERE a.id = p.account_id AND a.jid = p.jid))`

export function preparePersonPictures(db: WritableDB): PersonPicturesStorage {
  const shown = db.prepare<[], ShownRow>(SHOWN)
  const find = db.prepare<[number, BareJid], SaidRow>(
    'SELECT published, in_vcard FROM person_picture WHERE account_id = ? AND jid = ?',
  )
  const put = db.prepare<SaidRow & { accountId: number; jid: BareJid }>(
    `INSERT INTO person_picture (account_id, jid, published, in_vcard)
     SELECT :accountId, :jid, :published, :in_vcard WHERE ${IS_OURS}
     ON CONFLICT DO UPDATE SET published = coalesce(excluded.published, published),
       in_vcard = coalesce(excluded.in_vcard, in_vcard)`,
  )
  return {
    listPersonPictures: () =>
      shown.all().map(({ account_id, jid, hash }) => ({ accountId: account_id, jid, hash })),
    findPersonPicture(accountId, jid) {
      const row = find.get(accountId, jid)
      return row && { published: row.published ?? undefined, inVCard: row.in_vcard ?? undefined }
    },
    setPersonPicture: (accountId, jid, { published = null, inVCard = null }: Nullable<SaidPicture>) =>
      put.run({ accountId, jid, published, in_vcard: inVCard }).changes > 0,
  }
}

type Nullable<T> = { readonly [K in keyof T]: T[K] | null }
