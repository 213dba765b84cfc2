/** Table `nickname`: what our own account, contacts, and strangers who wait, call themselves. */
import type { BareJid } from '../model/jid.ts'
import type { Nickname } from '../model/nickname.ts'
import type { WritableDB } from './database.ts'
import type { NicknamesStorage } from './nicknames.types.ts'

interface NicknameRow {
  readonly account_id: number
  readonly jid: BareJid
  readonly nick: string
}

const IS_KNOWN = `(EXISTS (SELECT 1 FROM account WHERE account.id = :accountId AND account.jid = :jid)
  OR EXISTS (SELECT 1 FROM roster_item WHERE roster_item.account_id = :accountId AND roster_item.jid = :jid)
  OR EXISTS (SELECT 1 FROM conversation AS c WHERE c.account_id = :accountId AND c.counterpart = :jid AND c.request = 1))`

export function prepareNicknames(db: WritableDB): NicknamesStorage {
  const all = db.prepare<[], NicknameRow>("SELECT account_id, jid, nick FROM nickname WHERE nick <> ''")
  const find = db
    .prepare<[number, BareJid], string>('SELECT nick FROM nickname WHERE account_id = ? AND jid = ?')
    .pluck()
  const put = db.prepare<Nickname>(
    `INSERT INTO nickname (account_id, jid, nick) SELECT :accountId, :jid, :nick WHERE ${IS_KNOWN}
     ON CONFLICT DO UPDATE SET nick = excluded.nick`,
  )
  const remove = db.prepare<[number, BareJid]>('DELETE FROM nickname WHERE account_id = ? AND jid = ?')
  return {
    listNicknames: () => all.all().map(({ account_id, jid, nick }) => ({ accountId: account_id, jid, nick })),
    findNickname: (accountId, jid) => find.get(accountId, jid),
    setNickname: (accountId, jid, nick) => put.run({ accountId, jid, nick }).changes > 0,
    deleteNickname: (accountId, jid) => void remove.run(accountId, jid),
  }
}
