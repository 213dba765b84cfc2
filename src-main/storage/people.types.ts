/** The contact page and the roster as a whole: what the domain may ask of the database. */
import type { BareJid } from '../model/jid.ts'
import type { CachedCard } from '../model/people.ts'

export interface PeopleStorage {
  /** Empty when there is none. */
  getNote(accountId: number, jid: BareJid): string
  /** An empty one is forgotten. Throws StorageError 'other' for an account that is not there. */
  setNote(accountId: number, jid: BareJid, note: string): void
  findCard(accountId: number, jid: BareJid): CachedCard | undefined
  setCard(accountId: number, jid: BareJid, card: CachedCard): void
  listFoldedGroups(): readonly string[]
  setFoldedGroups(names: readonly string[]): void
}
