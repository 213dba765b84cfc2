/** Which picture somebody shows: what the domain may ask of the database. */
import type { BareJid } from '../model/jid.ts'
import type { PersonPicture } from '../model/picture.ts'

/** SHA-1 in hex; empty: there is none. Undefined: nothing was said. */
export interface SaidPicture {
  /** By XEP-0084. */
  readonly published?: string | undefined
  /** By XEP-0153. */
  readonly inVCard?: string | undefined
}

export interface PersonPicturesStorage {
  /** Of contacts and own accounts, who have one. */
  listPersonPictures(): readonly PersonPicture[]
  findPersonPicture(accountId: number, jid: BareJid): SaidPicture | undefined
  /** What is undefined stays. Of who is neither contact nor the account itself nothing is kept: false. */
  setPersonPicture(accountId: number, jid: BareJid, said: SaidPicture): boolean
}
