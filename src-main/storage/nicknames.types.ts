/** What others call themselves: what the domain may ask of the database. */
import type { BareJid } from '../model/jid.ts'
import type { Nickname } from '../model/nickname.ts'

export interface NicknamesStorage {
  listNicknames(): readonly Nickname[]
  /** Empty: none. Undefined: nothing was said. */
  findNickname(accountId: number, jid: BareJid): string | undefined
  /** Of who is neither our own account nor a contact nor a stranger that waits nothing is kept: false. */
  setNickname(accountId: number, jid: BareJid, nick: string): boolean
  deleteNickname(accountId: number, jid: BareJid): void
}
