/** What others call themselves (XEP-0172): plain types, what is announced, and what a window starts with. */
import type { BareJid } from './jid.ts'

/** Of a contact, of a stranger whose first message waits, or our own. Anyone may call themselves anything. */
export interface Nickname {
  readonly accountId: number
  readonly jid: BareJid
  /** As it came, clipped; empty: none (any more). */
  readonly nick: string
}

export interface NicknamesEvents {
  'nickname.changed': { readonly nicknames: readonly Nickname[] }
}

export interface NicknamesState {
  /** Of those who have one. */
  readonly nicknames: readonly Nickname[]
}
